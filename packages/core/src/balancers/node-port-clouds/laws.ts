import { isUnknown, type Front, type Service } from "../../model";
import type { Law, Laws } from "../laws";

/** `healthCheckNodePort`, with its number where that is known. */
export function healthPort({ healthCheckNodePort: port }: Service): string {
  return port === undefined || isUnknown(port) ? "the Service's healthCheckNodePort" : String(port);
}

/** Laws of a proxy: it hides the client, and the PROXY header is what shows it. */
export function proxyLaws(key: string, value: string): Laws {
  return {
    proxyHeader: {
      facts: ["H4"],
      fix: () =>
        `Set the annotation ${key}: "${value}" and enable the PROXY protocol in the pods, or do neither.`,
    },
    clientAddress: {
      facts: ["H3"],
      fix: () => `Set the annotation ${key}: "${value}" and enable the PROXY protocol in the pods.`,
    },
    localBesideProxyHeader: { facts: ["H7"] },
  };
}

/** Laws of a check that does not read healthCheckNodePort by itself: always wrong on that port over TCP, late on the node port. */
export function checkLaws(fix: (front: Front, service: Service) => string): Laws {
  const blind: Law = { facts: ["H1"], fix };
  return {
    localCheckProtocol: blind,
    localCheckPort: blind,
    localCheckStatus: blind,
    localCheckTraffic: { facts: ["local-check-on-node-port"], fix, level: "advisory" },
  };
}
