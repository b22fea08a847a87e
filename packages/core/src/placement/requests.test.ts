import type { Container, PodSpec } from "../model";
import { releaseOf } from "../releases";
import { podRequests } from "./requests";

const MIB = 2 ** 20;

function container(cpu?: number, more: Partial<Container> = {}): Container {
  return { name: "c", requests: cpu === undefined ? {} : { cpu }, ...more };
}

function cpu(spec: PodSpec, version?: string): number {
  return podRequests(spec, releaseOf(version).scheduler).cpu;
}

// k/k staging component-helpers resource/helpers_test.go TestPodResourceRequests, in CPU.
test.each<[string, PodSpec, number]>([
  ["containers add up", { containers: [container(100), container(200)] }, 300],
  [
    "the largest init container counts if it is larger",
    { containers: [container(100)], initContainers: [container(500), container(50)] },
    500,
  ],
  [
    "sidecars run beside the containers",
    { containers: [container(100)], initContainers: [container(200, { restartPolicy: "Always" })] },
    300,
  ],
  [
    "an init container runs beside the sidecars that started before it",
    {
      containers: [container(1)],
      initContainers: [container(200, { restartPolicy: "Always" }), container(500)],
    },
    700,
  ],
  [
    "and not beside those that start after it",
    {
      containers: [container(1)],
      initContainers: [container(500), container(200, { restartPolicy: "Always" })],
    },
    500,
  ],
  ["overhead comes on top", { containers: [container(100)], overhead: { cpu: 50 } }, 150],
  [
    "what the pod asks for as a whole takes the place of the sum",
    { containers: [container(100)], resources: { cpu: 900 } },
    900,
  ],
])("%s", (_, spec, want) => {
  expect(cpu(spec)).toBe(want);
});

test("requests of the pod as a whole came with 1.34", () => {
  expect(cpu({ containers: [container(100)], resources: { cpu: 900 } }, "1.33")).toBe(100);
});

test("scores fill in for each container that asks for nothing, filters never do", () => {
  const requests = podRequests({ containers: [container(), container(50)] }, releaseOf().scheduler);
  expect(requests).toMatchObject({ cpu: 50, memory: 0, scoredCpu: 150, nonZeroCpu: 150 });
  expect(requests).toMatchObject({ scoredMemory: 400 * MIB, nonZeroMemory: 400 * MIB });
});

test("resources with a domain, huge pages and attachable volumes are counted one by one", () => {
  const requests = { cpu: 1, "example.com/gpu": 2, "hugepages-2Mi": 4, "attachable-volumes-x": 1, pods: 3 };
  expect(podRequests({ containers: [{ name: "c", requests }] }, releaseOf().scheduler).scalars).toEqual({
    "example.com/gpu": 2,
    "hugepages-2Mi": 4,
    "attachable-volumes-x": 1,
  });
});
