import { isUnknown, type Front, type Service } from "../../model";
import type { Law, Laws } from "../laws";

const HTTP_CHECK: Law = { facts: ["H1"], fix: httpCheck };

/** What rules that hold for every load balancer say in HAProxy's words. */
export const HAPROXY_LAWS: Laws = {
  localCheckProtocol: HTTP_CHECK,
  localCheckPort: HTTP_CHECK,
  localCheckStatus: HTTP_CHECK,
  localChecked: { facts: ["H2"], fix: httpCheck },
  localServiceType: { facts: ["H6"] },
  checkPortOpen: {
    facts: [],
    fix: () => "Check the servers' own port: write `default-server check` without `port`.",
  },
  localCheckHeader: { facts: ["H5"], fix: withoutHeader },
  checkHeader: { facts: ["H5"], fix: withoutHeader },
  proxyHeader: {
    facts: ["H4"],
    fix: () =>
      "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods, or do neither.",
  },
  clientAddress: {
    facts: ["H3"],
    fix: () =>
      "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods; in mode http, write `option forwardfor`.",
  },
  localBesideProxyHeader: {
    facts: ["H7"],
    fix: () =>
      "Set externalTrafficPolicy: Cluster, keep `send-proxy-v2`, and write `default-server check` without `option httpchk` and `port`.",
  },
};

function httpCheck(_: Front, { healthCheckNodePort: port }: Service): string {
  const known = port !== undefined && !isUnknown(port);
  return [
    "Write `option httpchk GET /healthz`, `http-check expect status 200` and",
    `\`default-server check port ${known ? String(port) : "N"}\``,
    known
      ? "in the section of the servers."
      : "in the section of the servers, where N is the Service's healthCheckNodePort.",
  ].join(" ");
}

function withoutHeader(): string {
  return "Remove `check-send-proxy`: a check with a port of its own then has no header, whatever the traffic has.";
}
