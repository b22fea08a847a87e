import { findingResource, isUnknown, type Exposure, type Statement, type Unanswered } from "../model";
import { groupFronts, knownPorts } from "./fronts";
import { sayEstimate } from "./texts";

type Asked = Pick<Exposure, "service" | "workloads" | "endpoints" | "cluster" | "fronts">;

/** Why the pods of a Service are not known: neither its workload nor its endpoints are in the input. Undefined where they are. */
export function whyPodsUnknown({ workloads, endpoints, cluster, service }: Asked): Statement | undefined {
  if (workloads.length > 0 || (endpoints && cluster.nodes.length > 0)) return undefined;
  const { selector } = service;
  if (endpoints) return sayEstimate("nodes-of-endpoints-not-in-input");
  if (selector === undefined) return sayEstimate("endpoints-not-in-input");
  return sayEstimate("pods-not-in-input", { selector: isUnknown(selector) ? null : selector });
}

/** Why it is not known where pods can be placed: observed endpoints say where they are, and only a workload where they could be. */
export function whyPlacementUnknown(exposure: Asked): Statement | undefined {
  if (exposure.workloads.length > 0) return undefined;
  return whyPodsUnknown(exposure) ?? sayEstimate("workload-not-in-input");
}

/** The answer to a question about one side of a Service that depends on its pods, for each group of fronts, where they are not known. */
export function unansweredWithoutPods(
  exposure: Asked,
  side: Unanswered["side"],
  reason: Statement,
  unknownOf: (front: ReturnType<typeof groupFronts>[number]["front"]) => readonly Statement[] = () => [],
): readonly Unanswered[] {
  const service = findingResource(exposure.service.ref);
  if (side === "internal")
    return [{ answered: false, service, side, ports: knownPorts(exposure.service), unknown: [reason] }];
  return groupFronts(exposure).map(({ front, ports }) => ({
    answered: false,
    service,
    side,
    ports,
    unknown: [reason, ...unknownOf(front)],
  }));
}
