import type { Workload } from "@evenkeel/core/model";
import type { ReadWorkload } from "../kubernetes/workload";
import { inOverlay, nameKey, rivalsAmong } from "./overlay";

/** Workloads with the templates that others lend them. */
export interface WithTemplates {
  readonly workloads: readonly ReadWorkload[];
  /** Those whose lender was not found in the input: nothing is known of their pods. */
  readonly waiting: readonly ReadWorkload[];
}

/**
 * Gives workloads that name another one's template (`workloadRef` of Argo Rollouts) that template, and its selector where they have
 * none. A lender that runs no pods itself, or is taken down to none, is no workload of its own.
 */
export function withTemplates(read: readonly ReadWorkload[]): WithTemplates {
  if (read.every(({ templateFrom }) => templateFrom === undefined)) return { workloads: read, waiting: [] };
  const rivalsOf = rivalsAmong(read.map(({ workload: { ref } }) => ref));
  const idle = new Set<ReadWorkload>();
  const waiting: ReadWorkload[] = [];
  const given = read.flatMap((one) => {
    if (!one.templateFrom) return one;
    const lender = lenderOf(one, read, rivalsOf);
    if (!lender) waiting.push(one);
    else if (one.templateFrom.scalesDown || lender.workload.replicas.count === 0) idle.add(lender);
    return lender ? borrowing(one, lender) : [];
  });
  return { workloads: given.filter((one) => !idle.has(one)), waiting };
}

function lenderOf(
  { workload: { ref }, templateFrom }: ReadWorkload,
  read: readonly ReadWorkload[],
  rivalsOf: ReturnType<typeof rivalsAmong>,
): ReadWorkload | undefined {
  const { kind = "", name = "" } = templateFrom ?? {};
  const wanted = nameKey({ ...ref, kind, name });
  const named = read.filter((one) => one.templateFrom === undefined && nameKey(one.workload.ref) === wanted);
  return inOverlay(named, (one) => one.workload.ref, ref, rivalsOf(ref)).at(-1);
}

function borrowing(one: ReadWorkload, lender: ReadWorkload): ReadWorkload {
  const { template } = lender.workload;
  const selector = one.workload.selector ?? lender.workload.selector;
  const workload: Workload = { ...one.workload, template, ...(selector ? { selector } : {}) };
  return { ...one, workload, unknown: [...one.unknown, ...lender.unknown] };
}
