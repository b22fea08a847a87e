import {
  displayName,
  isUnknown,
  mapSelects,
  refKey,
  type Advice,
  type Missing,
  type ObjectRef,
  type Pod,
  type Service,
  type Workload,
} from "@evenkeel/core/model";
import type { OpenObject } from "../kubernetes/object";
import { present } from "../reading/present";
import { inOverlay } from "./overlay";
import { inScope } from "./scope";
import { keyOf, labelKey, labelsOf, type IndexedWorkload, type WorkloadIndex } from "./workload-index";

/** What the selector of a Service matches, and what is not in sight. */
export interface JoinedWorkloads {
  readonly workloads: readonly Workload[];
  readonly missing: readonly Missing[];
}

/** Where a Service stands. */
export interface Surroundings extends Pick<OpenObject, "scope"> {
  /** A selector that is not known yet may be the labels of the workload that the Service's spec was computed from. */
  readonly feeders?: OpenObject["feeders"];
  /** Services of its name in other files. */
  readonly rivals?: readonly ObjectRef[];
}

/** The workloads whose pods a Service selects; bare pods that nobody owns count as one workload of their own. */
export function workloadsOf(
  { selector, ref }: Service,
  { byNamespace, byLabel, barePods, waiting }: WorkloadIndex,
  { feeders = {}, scope, rivals = [] }: Surroundings = {},
): JoinedWorkloads {
  if (selector === undefined) return { workloads: [], missing: [] };
  const here = byNamespace.get(ref.namespace ?? "") ?? [];
  if (isUnknown(selector)) {
    const fed = here.filter(({ workload }) => feeders.spec?.includes(refKey(workload.ref)));
    return fed.length === 1
      ? joined(fed)
      : notJoined(
          `the selector of ${displayName(ref)} is not known yet (${selector.path})`,
          "set the selector to plain values",
        );
  }
  // Every pair must be there, so those that have the first are all that can match.
  const [pair] = Object.entries(selector);
  const key = pair && labelKey(ref.namespace, pair);
  const having = <T>(index: ReadonlyMap<string, readonly T[]>) =>
    key === undefined ? [] : (index.get(key) ?? []);
  const all = withoutRevisions(
    having(byLabel).filter(({ workload }) => mapSelects(selector, labelsOf(workload))),
  );
  const found = inOverlay(inScope(all, scope), ({ workload }) => workload.ref, ref, rivals);
  if (found.length > 0) return joined(found);
  const bare = inOverlay(
    having(barePods).filter(({ labels }) => mapSelects(selector, labels)),
    ({ namespace, name, source }) => present({ kind: "Pod", namespace, name, source }),
    ref,
    rivals,
  );
  if (bare.length > 0) return { workloads: [barePodsAsOne(bare)], missing: [] };
  const said = Object.entries(selector)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  const [rival] = all;
  if (rival) {
    const other = `${displayName(rival.workload.ref)} in ${rival.workload.ref.source?.file ?? "another source"}`;
    return notJoined(
      `no workload beside ${displayName(ref)} has pods with ${said}; ${other} belongs to another Service of that name`,
      { means: "bringIn" },
    );
  }
  const [borrower] = waiting.get(ref.namespace ?? "") ?? [];
  if (borrower?.templateFrom) {
    const { kind, name } = borrower.templateFrom;
    return notJoined(
      `no workload in this input is known to have pods with ${said}; ${displayName(borrower.workload.ref)} has the template of ${kind} ${name}, which was not found in the input`,
      { means: "bringIn" },
    );
  }
  const open = here.find(({ unknown }) => unknown.some((path) => path.startsWith("spec.template.metadata")));
  return notJoined(
    open
      ? `no workload in this input is known to have pods with ${said}; the labels of ${displayName(open.workload.ref)} are not known yet`
      : `no workload in this input has pods with ${said}`,
    { means: "bringIn" },
  );
}

/** A revision is of no account beside the workload that it is one of. */
function withoutRevisions(found: readonly IndexedWorkload[]): readonly IndexedWorkload[] {
  const whole = new Set(found.map(({ workload }) => keyOf(workload)));
  return found.filter(({ revisionOf }) => revisionOf === undefined || !whole.has(revisionOf));
}

/** What was read as absent from a pod template because it is not known may change where the pods go. */
function joined(found: readonly IndexedWorkload[]): JoinedWorkloads {
  return {
    workloads: found.map(({ workload }) => workload),
    missing: found.flatMap(({ workload, unknown }) =>
      unknown.length === 0
        ? []
        : notJoined(
            `${displayName(workload.ref)}: ${unknown.join(", ")} not known yet, read as absent`,
            "run again once it is known",
          ).missing,
    ),
  };
}

function notJoined(detail: string, how: Advice): JoinedWorkloads {
  return { workloads: [], missing: [{ what: "workload", detail, how }] };
}

function barePodsAsOne(pods: readonly Pod[]): Workload {
  const [first] = pods;
  const { namespace = "", name = "", labels = {}, spec = { containers: [] } } = first ?? {};
  return {
    ref: { kind: "Pod", namespace, name: pods.length > 1 ? `${name} and ${pods.length - 1} more` : name },
    runs: "replicas",
    replicas: { count: pods.length, by: "given" },
    // Bare pods have no owner whose selector would spread them.
    template: { labels, spec: { ...spec, nodeName: undefined } },
  };
}
