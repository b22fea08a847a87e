import { validateWorkload as answerTo } from "@evenkeel/core/api";
import { writtenWorkload, type WrittenWorkload } from "@evenkeel/test-generators";
import type fc from "fast-check";
import { operation } from "../operation";
import { refusalDiffers, type ToldRefusal } from "./told-refusal";

interface Input {
  readonly kind: WrittenWorkload["kind"];
  readonly workload: WrittenWorkload;
  /** Absent: the version that the oracle is built from. */
  readonly kubernetesVersion?: string;
}

/** The release that ours is asked for, where the oracle is an older one (see `validate-setup.ts`). */
const { KUBERNETES_VERSION: kubernetesVersion } = process.env;

const inputs: fc.Arbitrary<Input> = writtenWorkload.map((workload) => ({
  kind: workload.kind,
  workload,
  ...(kubernetesVersion && { kubernetesVersion }),
}));

function ours({ workload, kubernetesVersion: version }: Input) {
  const answer = answerTo(workload, version === undefined ? {} : { kubernetesVersion: version });
  if (!answer) throw new Error(`${workload.kind}: no workload of apps/v1`);
  return answer;
}

/** Creation of a workload. Upstream: k/k pkg/registry/apps with everything that it calls. */
export const validateWorkload = operation<Input>({
  name: "validateWorkload",
  inputs,
  ours,
  differs: (input, _ours, theirs) =>
    refusalDiffers(ours(input), (theirs as { refusal?: ToldRefusal }).refusal),
});
