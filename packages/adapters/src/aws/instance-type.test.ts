import { offerOf } from "./instance-type";

// CPU and pods as `kubectl describe node` shows them on EKS; memory is told with what the machine keeps assumed.
test.each([
  ["t3.medium", 1930, 17, 3246, false],
  ["m5.large", 1930, 29, 6903, false],
  ["m7g.medium", 940, 8, 3345, true],
  ["c5.xlarge", 3920, 58, 6584, false],
  ["r5.2xlarge", 7910, 58, 59627, false],
  ["m6i.4xlarge", 15890, 234, 57691, false],
  ["c7gn.16xlarge", 63770, 737, 112779, true],
  ["m7i-flex.large", 1930, 29, 6903, false],
])("%s offers %d m CPU and %d pods", (type, cpu, pods, memoryMiB, arm) => {
  expect(offerOf(type)).toEqual({ cpu, pods, memoryMiB, arm });
});

test.each([
  "p4d.24xlarge",
  "m5.metal",
  "m4.large",
  "t2.medium",
  "m5",
  "x.large",
  "m5.0xlarge",
  "constructor",
  "",
])("of %j nothing is said", (type) => {
  expect(offerOf(type)).toBeUndefined();
});
