import type {
  Affinity,
  Container,
  ContainerPort,
  Labels,
  PodSpec,
  ResourceList,
  Toleration,
  TopologySpreadConstraint,
} from "@evenkeel/core";
import fc from "fast-check";
import { given, IMAGES } from "./clusters";
import { maybe } from "./endpoints";
import { mostly } from "./mostly";
import { preferredTerms, requiredTerms, toleration } from "./node-terms";
import { podAffinity, spreadConstraints } from "./pod-selectors";

const MIB = 2 ** 20;

export const affinity: fc.Arbitrary<Affinity> = fc.record({
  nodeAffinity: mostly(
    fc.constant(undefined),
    fc.record({
      requiredDuringSchedulingIgnoredDuringExecution: mostly(fc.constant(undefined), requiredTerms, 2),
      preferredDuringSchedulingIgnoredDuringExecution: maybe(preferredTerms),
    }),
    1,
  ),
  podAffinity: mostly(fc.constant(undefined), podAffinity, 2),
  podAntiAffinity: mostly(fc.constant(undefined), podAffinity, 1),
});

/** Requests: usual ones, none, zero, only one of the two, and now and then other resources. */
const requests: fc.Arbitrary<ResourceList> = fc
  .record({
    cpu: mostly<number | undefined>(
      fc.constantFrom(100, 250, 500),
      fc.constantFrom(undefined, undefined, 0, 1, 1999, 5000),
      4,
    ),
    memory: mostly<number | undefined>(
      fc.constantFrom(128 * MIB, 512 * MIB, 2048 * MIB),
      fc.constantFrom(undefined, 0, 1, 8_191 * MIB, 500_000_000_000_003),
      6,
    ),
    "ephemeral-storage": mostly<number | undefined>(
      fc.constant(undefined),
      fc.constantFrom(0, 2 ** 30, 2 ** 34),
      12,
    ),
    "example.com/gpu": mostly<number | undefined>(fc.constant(undefined), fc.constantFrom(0, 1, 2), 20),
    "hugepages-2Mi": mostly<number | undefined>(fc.constant(undefined), fc.constant(2 * MIB), 30),
  })
  .map((amounts) => {
    // Huge pages are refused without CPU or memory beside them.
    const bare = amounts.cpu === undefined && amounts.memory === undefined;
    const kept = Object.entries(amounts).filter(([name]) => !(bare && name.startsWith("hugepages-")));
    return given(Object.fromEntries(kept));
  });

const hostPort: fc.Arbitrary<ContainerPort> = fc.record({
  containerPort: fc.constant(8080),
  hostPort: fc.constantFrom(8080, 9090),
  hostIP: maybe(fc.constantFrom("0.0.0.0", "127.0.0.1", "192.0.2.1")),
  protocol: maybe(fc.constantFrom("TCP" as const, "UDP" as const)),
});

const ports = mostly<readonly ContainerPort[]>(
  fc.constant([]),
  hostPort.map((port) => [port]),
  10,
);

const container: fc.Arbitrary<Omit<Container, "name">> = fc.record({
  image: fc.constantFrom(...IMAGES, "absent"),
  requests,
  ports,
});

const initContainer: fc.Arbitrary<Omit<Container, "name">> = fc.record({
  image: fc.constantFrom(...IMAGES),
  requests,
  restartPolicy: maybe(fc.constant("Always" as const)),
  ports: mostly<readonly ContainerPort[]>(
    ports,
    hostPort.map((port) => [port]),
  ),
});

function numbered<T extends Omit<Container, "name">>(prefix: string) {
  return (list: readonly T[]): Container[] =>
    list.map((one, index) => ({ name: `${prefix}${index}`, ...one }));
}

export const podSpec: fc.Arbitrary<PodSpec> = fc
  .record({
    nodeSelector: mostly<Labels | undefined>(
      fc.constant(undefined),
      fc.constantFrom<Labels[]>({ disk: "ssd" }, { rack: "r1" }, {}),
      6,
    ),
    affinity: mostly<Affinity | undefined>(fc.constant(undefined), affinity, 2),
    tolerations: mostly<readonly Toleration[]>(fc.constant([]), fc.array(toleration, { maxLength: 3 }), 2),
    topologySpreadConstraints: mostly<readonly TopologySpreadConstraint[]>(
      fc.constant([]),
      spreadConstraints,
      1,
    ),
    containers: mostly(
      fc.array(container, { minLength: 1, maxLength: 1 }),
      fc.array(container, { minLength: 1, maxLength: 3 }),
      3,
    ).map(numbered("c")),
    initContainers: mostly<Omit<Container, "name">[]>(
      fc.constant([]),
      fc.array(initContainer, { maxLength: 3 }),
      5,
    ).map(numbered("i")),
    overhead: mostly<ResourceList | undefined>(
      fc.constant(undefined),
      fc.constant({ cpu: 50, memory: 32 * MIB }),
      10,
    ),
    hostNetwork: mostly(fc.constant(false), fc.constant(true), 15),
    more: mostly<ResourceList | undefined>(
      fc.constant(undefined),
      fc.constantFrom<ResourceList[]>({ cpu: 0 }, { memory: 64 * MIB }, { cpu: 100, memory: 0 }),
      12,
    ),
  })
  .map(({ more, ...spec }) =>
    withDistinctPorts(more ? { ...spec, resources: atLeastItsContainers(spec, more) } : spec),
  );

/** Requests of the pod as a whole, which may not be less than what any phase of its containers asks for. */
function atLeastItsContainers(
  { containers, initContainers = [] }: PodSpec,
  more: ResourceList,
): ResourceList {
  const asked = (name: string): number =>
    [...containers, ...initContainers].reduce((sum, { requests: amounts }) => sum + (amounts[name] ?? 0), 0);
  return Object.fromEntries(Object.entries(more).map(([name, amount]) => [name, asked(name) + amount]));
}

/** One container with usual requests and nothing else: what default spreading and the scores of resources decide alone. */
export const plainSpec: fc.Arbitrary<PodSpec> = fc
  .record({ cpu: fc.constantFrom(100, 250, 500), memory: fc.constantFrom(128 * MIB, 512 * MIB, 2048 * MIB) })
  .map((amounts) => ({ containers: [{ name: "c0", image: "absent", requests: amounts }] }));

/** Containers of one pod cannot take the same port of the host; in the host's network they take the ports that they listen on. */
function withDistinctPorts(spec: PodSpec): PodSpec {
  const taken = new Set<string>();
  const free = (port: ContainerPort): boolean => {
    const key = `${port.protocol ?? "TCP"} ${port.hostPort}`;
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
  const listening = (port: ContainerPort): ContainerPort => {
    if (!spec.hostNetwork) return port;
    const { hostPort: number, ...rest } = port;
    return {
      ...rest,
      containerPort: number ?? port.containerPort,
      hostPort: rest.hostIP ? number : undefined,
    };
  };
  const settled = (list: readonly Container[]): readonly Container[] =>
    list.map((one) => ({ ...one, ports: (one.ports ?? []).filter(free).map(listening) }));
  return {
    ...spec,
    containers: settled(spec.containers),
    initContainers: settled(spec.initContainers ?? []),
  };
}
