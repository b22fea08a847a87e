import { isKnown, isUnknown, type Node, type Service, type Unknown, type Workload } from "../../model";
import type { ControllerInput, Evidence } from "../controller";
import type { NodePortCloud } from "./cloud";

/** Whether a controller takes a Service, and what shows it. */
export type CloudClaim = "no" | Evidence | Unknown;

/**
 * The service controller of k8s.io/cloud-provider takes LoadBalancer Services without a class. Which cloud's it is shows in an annotation
 * of its own, in the provider IDs of the nodes, or in the controller's own objects; nodes of another cloud rule it out.
 */
export function claimsOf(cloud: NodePortCloud, input: ControllerInput): (service: Service) => CloudClaim {
  const nodes = nodesSay(cloud, input.nodes);
  const isThere = nodes === "own" || hasController(cloud, input);
  return (service) => {
    if (service.loadBalancerClass !== undefined || nodes === "another") return "no";
    if (isKnown(service.type) && service.type !== "LoadBalancer") return "no";
    const isAnnotated = Object.keys(service.annotations).some((key) => isKeyOf(cloud, key));
    if (!isAnnotated && !isThere) return "no";
    if (isUnknown(service.type)) return service.type;
    return isAnnotated ? "annotation" : "cloud";
  };
}

export function isKeyOf({ annotations }: NodePortCloud, key: string): boolean {
  return annotations.prefixes.some((prefix) => key.startsWith(prefix));
}

function nodesSay({ providerID }: NodePortCloud, nodes: readonly Node[]): "own" | "another" | "nothing" {
  const ids = nodes.flatMap((node) => node.providerID ?? []);
  if (ids.length === 0) return "nothing";
  return ids.some((id) => providerID.test(id)) ? "own" : "another";
}

function hasController(cloud: NodePortCloud, { workloads, configFiles = [] }: ControllerInput): boolean {
  const { configFile } = cloud.controller;
  return (
    workloads.some((workload) => runs(cloud, workload)) ||
    configFiles.some(
      ({ name, text }) => configFile?.name === name && text.includes(`[${configFile.section}]`),
    )
  );
}

/** Whether the workload is the cloud's controller. */
export function runs({ controller }: NodePortCloud, { template }: Workload): boolean {
  return template.spec.containers.some(({ image = "" }) => controller.image.test(image));
}
