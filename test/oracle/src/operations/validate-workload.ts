import { validateWorkload as answerTo } from "@evenkeel/core/api";
import { writtenWorkload, type WrittenWorkload } from "@evenkeel/test-generators";
import type fc from "fast-check";
import { askedRelease, type AskedRelease } from "../asked-release";
import { operation } from "../operation";
import { refusalDiffers, type ToldRefusal } from "./told-refusal";

interface Input extends AskedRelease {
  readonly kind: WrittenWorkload["kind"];
  readonly workload: WrittenWorkload;
}

const inputs: fc.Arbitrary<Input> = writtenWorkload.map((workload) => ({
  kind: workload.kind,
  workload,
  ...askedRelease(),
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
