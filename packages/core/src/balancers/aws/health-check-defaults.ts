import { mapKnown, unknownAt, isUnknown, type HealthCheckProtocol, type Knowable } from "../../model";

/**
 * Seconds that AWS waits for an answer where nobody says otherwise: 6 over HTTP, 10 over TCP and HTTPS (API reference of Elastic
 * Load Balancing v2, CreateTargetGroup, for target groups of network load balancers).
 */
export function awsTimeout(protocol: Knowable<HealthCheckProtocol>, path: string): Knowable<number> {
  return isUnknown(protocol) ? unknownAt(path) : mapKnown(protocol, (name) => (name === "HTTP" ? 6 : 10));
}
