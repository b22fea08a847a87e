import { DATAPLANES } from "@evenkeel/core/model";
import { TEXT, TEXT_MAP, word, type Argument } from "./argument";
import { NLB_ARGUMENTS } from "../aws/nlb-arguments";

/** What every component takes as a plain value. */
export const SERVICE_ARGUMENTS = Object.freeze({
  namespace: { value: TEXT, isInert: true },
  serviceName: { value: TEXT, isInert: true },
  labels: { value: TEXT_MAP, isInert: true },
  annotations: { value: TEXT_MAP, isInert: true },
  selector: { value: TEXT_MAP },
  clusterFile: { value: TEXT },
  kubernetesVersion: { value: TEXT },
  dataplane: { value: word(DATAPLANES) },
});

/**
 * Arguments that neither the choice nor the estimate reads: names, and what AWS is told about networks. They are often outputs of
 * other resources, and must not make the choice wait.
 */
const INERT: ReadonlySet<string> = new Set([
  ...inertOf(SERVICE_ARGUMENTS),
  ...inertOf(NLB_ARGUMENTS),
  "controllerOwned",
  "pulumiOwned",
]);

/** Whether the choice of a policy, or the estimate, reads this argument of a component. */
export function decidesTraffic(argument: string): boolean {
  return !INERT.has(argument);
}

function inertOf(table: Readonly<Record<string, Argument<unknown>>>): readonly string[] {
  return Object.entries(table).flatMap(([key, { isInert }]) => (isInert ? [key] : []));
}
