import { isUnknown, type Knowable } from "../model/knowable";
import type { Service, ServicePort } from "../model/service";
import type { FlowService } from "./flow";
import { type IpFamily, serviceTraffic } from "./service-traffic";

/** What of a Service's port decides about a connection; unknown where a field that decides is. */
export function flowService(
  service: Service,
  port: ServicePort,
  family: IpFamily = "IPv4",
): Knowable<FlowService> {
  const { loadBalancerSourceRanges, sessionAffinity } = service;
  const traffic = serviceTraffic(service, port, family);
  if (isUnknown(traffic)) return traffic;
  if (isUnknown(loadBalancerSourceRanges)) return loadBalancerSourceRanges;
  if (isUnknown(sessionAffinity)) return sessionAffinity;
  return { traffic, loadBalancerSourceRanges, sessionAffinity };
}
