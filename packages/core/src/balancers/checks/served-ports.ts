import { isUnknown, type Front, type Knowable, type Service, type ServicePort } from "../../model";

/** The ports of the Service that a front may carry: by the node port or the pod's port that it sends to, else by the Service's port. */
export function portsOfFront({ targetPort, servicePort }: Front, { ports }: Service): readonly ServicePort[] {
  const byTarget = ports.filter(
    (one) => isSame(one.nodePort, targetPort.value) || isSame(one.targetPort, targetPort.value),
  );
  if (byTarget.length > 0) return byTarget;
  const byPort = ports.filter(({ port }) => isSame(port, servicePort));
  return byPort.length > 0 ? byPort : ports;
}

/** The ports of the Service with a node port. */
export function portsAtNodePort(nodePort: Knowable<number>, { ports }: Service): readonly ServicePort[] {
  return ports.filter((one) => isSame(one.nodePort, nodePort));
}

/** Whether a check over TCP finds one of these ports: a port of another protocol answers no TCP. Undefined where that is not known. */
export function carriesTcp(ports: readonly ServicePort[]): boolean | undefined {
  if (ports.length === 0) return undefined;
  if (ports.some(({ protocol }) => protocol === "TCP"))
    return ports.every(({ protocol }) => protocol === "TCP") || sharesNumber(ports) ? true : undefined;
  return ports.some(({ protocol }) => isUnknown(protocol)) ? undefined : false;
}

/** TCP and UDP on one number: the check finds the one over TCP. */
function sharesNumber([first, ...others]: readonly ServicePort[]): boolean {
  return others.every(
    (one) =>
      (first?.nodePort !== undefined && isSame(one.nodePort, first.nodePort)) ||
      isSame(one.targetPort, first?.targetPort),
  );
}

/** The same number, or the same value that is not known yet. */
function isSame(a: Knowable<number | string> | undefined, b: Knowable<number | string> | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (isUnknown(a) || isUnknown(b)) return a === b || (isUnknown(a) && isUnknown(b) && isSameOrigin(a, b));
  return a === b;
}

function isSameOrigin(
  a: { readonly origin?: { readonly resource?: string; readonly field?: string } },
  b: { readonly origin?: { readonly resource?: string; readonly field?: string } },
): boolean {
  const field = a.origin?.field;
  return field !== undefined && field === b.origin?.field && a.origin?.resource === b.origin?.resource;
}
