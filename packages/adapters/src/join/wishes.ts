import {
  ANNOTATION_PREFIX,
  isUnknown,
  type ObjectRef,
  type Service,
  type Wishes,
  type Workload,
} from "@evenkeel/core/model";
import { requestedAddresses } from "../kubernetes/called-addresses";
import type { ReadWorkload } from "../kubernetes/workload";
import type { OpenedService } from "./objects";

/** Annotations by which people state what they want of a Service. */
export const WISH_ANNOTATIONS = {
  clientAddress: `${ANNOTATION_PREFIX}client-address`,
  inClusterClients: `${ANNOTATION_PREFIX}in-cluster-clients`,
} as const;

/**
 * `evenkeel.io/client-address: required` and `evenkeel.io/in-cluster-clients: "true"`; the latter is plain too where pods in sight are
 * told of the load balancer's address (`isCalled`).
 */
export function wishesOf({ annotations }: Service, isCalled = false): Wishes | undefined {
  const says = (key: string, word: string): boolean => {
    const value = annotations[key];
    return value !== undefined && !isUnknown(value) && value === word;
  };
  const clientAddress = says(WISH_ANNOTATIONS.clientAddress, "required");
  const inClusterClients = isCalled || says(WISH_ANNOTATIONS.inClusterClients, "true");
  return clientAddress || inClusterClients
    ? { ...(clientAddress ? { clientAddress } : {}), ...(inClusterClients ? { inClusterClients } : {}) }
    : undefined;
}

/** Who may call a Service from inside: workloads by what their containers are told of. */
export function callersAmong(
  workloads: readonly ReadWorkload[],
): (opened: OpenedService, behind: readonly Workload[]) => boolean {
  const callers = new Map<string, ObjectRef[]>();
  for (const { calls, workload } of workloads) {
    for (const address of calls) {
      const known = callers.get(address);
      if (known) known.push(workload.ref);
      else callers.set(address, [workload.ref]);
    }
  }
  return ({ service, object: { field } }, behind) => {
    if (callers.size === 0) return false;
    const own = service.ingress.flatMap(({ ip, ipMode }) =>
      ip === undefined || ipMode === "Proxy" ? [] : [ip],
    );
    // The pods behind are told of the address to tell it to others (advertised listeners, relays).
    return [...own, ...requestedAddresses(field)].some((address) =>
      callers.get(address)?.some((caller) => behind.every(({ ref }) => ref !== caller)),
    );
  };
}
