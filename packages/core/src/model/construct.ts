import { parseIP } from "../api/ip/ip";
import type { Cluster } from "./cluster";
import type { Endpoint } from "./endpoint";
import { type Impossibility, possible } from "./impossible";
import { isUnknown, type Knowable } from "./knowable";
import type { Node } from "./node";
import type { Service, ServicePort } from "./service";
import { minorVersion } from "./version";

/** `hints.forZones` and `hints.forNodes` hold at most this many. Source: discovery/v1 EndpointHints. */
const MAX_HINTS = 8;

/**
 * Endpoints of one Service port. Refused: no address, an address that is none or that another endpoint has, a node that is
 * not among `nodes`, more hints than the API takes. Throws `ImpossibleRecord`.
 */
export function makeEndpoints(
  endpoints: readonly Endpoint[],
  nodes: readonly Pick<Node, "name">[],
  path = "endpoints",
): readonly Endpoint[] {
  const names = new Set(nodes.map(({ name }) => name));
  return possible(endpoints, [
    ...endpoints.flatMap((endpoint, index) => endpointProblems(endpoint, names, `${path}[${index}]`)),
    ...duplicates(
      endpoints.map(({ addresses: [first] }) => first),
      (index) => `${path}[${index}].addresses[0]`,
      "an address of its own for every endpoint",
    ),
  ]);
}

/** Nodes of one cluster. Refused: an empty name, a name that another node has, a negative quantity. Throws `ImpossibleRecord`. */
export function makeNodes(nodes: readonly Node[], path = "nodes"): readonly Node[] {
  return possible(nodes, nodeProblems(nodes, path));
}

/** A cluster: its nodes, and a version that is one. Throws `ImpossibleRecord`. */
export function makeCluster(cluster: Cluster): Cluster {
  const { kubernetesVersion: version, nodes, pods } = cluster;
  const names = new Set(nodes.map(({ name }) => name));
  return possible(cluster, [
    ...(version !== undefined && !minorVersion(version)
      ? [{ path: "kubernetesVersion", seen: version, wanted: "a version such as 1.36 or 1.36.3" }]
      : []),
    ...nodeProblems(nodes, "nodes"),
    ...pods.flatMap(({ spec: { nodeName } }, index) =>
      unknownNode(nodeName, names, `pods[${index}].spec.nodeName`),
    ),
  ]);
}

/** A Service: ports that are port numbers, names and node ports once each. Values not known pass. Throws `ImpossibleRecord`. */
export function makeService(service: Service): Service {
  const { ports, healthCheckNodePort } = service;
  return possible(service, [
    ...ports.flatMap((port, index) => portProblems(port, `ports[${index}]`)),
    ...portNumber(healthCheckNodePort, "healthCheckNodePort"),
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `ports[${index}].name`,
      "a name of its own for every port",
    ),
    ...duplicates(
      ports.map(({ protocol, nodePort }) =>
        isUnknown(protocol) || isUnknown(nodePort) || nodePort === undefined
          ? undefined
          : `${protocol} ${nodePort}`,
      ),
      (index) => `ports[${index}].nodePort`,
      "a node port of its own for every port of a protocol",
    ),
  ]);
}

function endpointProblems(
  { addresses, nodeName, hints }: Endpoint,
  names: ReadonlySet<string>,
  path: string,
): readonly Impossibility[] {
  return [
    ...(addresses.length === 0 ? [{ path: `${path}.addresses`, seen: "none", wanted: "an IP address" }] : []),
    ...addresses.flatMap((address, index) =>
      parseIP(address)
        ? []
        : [{ path: `${path}.addresses[${index}]`, seen: address, wanted: "an IP address" }],
    ),
    ...unknownNode(nodeName, names, `${path}.nodeName`),
    ...(["forZones", "forNodes"] as const).flatMap((kind) => {
      const count = hints?.[kind]?.length ?? 0;
      return count > MAX_HINTS
        ? [{ path: `${path}.hints.${kind}`, seen: `${count} entries`, wanted: `at most ${MAX_HINTS}` }]
        : [];
    }),
  ];
}

function nodeProblems(nodes: readonly Node[], path: string): readonly Impossibility[] {
  return [
    ...nodes.flatMap(({ name, allocatable }, index) => [
      ...(name === "" ? [{ path: `${path}[${index}].name`, seen: '""', wanted: "a name" }] : []),
      ...Object.entries(allocatable).flatMap(([resource, amount]) =>
        amount >= 0
          ? []
          : [{ path: `${path}[${index}].allocatable.${resource}`, seen: `${amount}`, wanted: "0 or more" }],
      ),
    ]),
    ...duplicates(
      nodes.map(({ name }) => name),
      (index) => `${path}[${index}].name`,
      "a name of its own for every node",
    ),
  ];
}

function portProblems({ port, targetPort, nodePort }: ServicePort, path: string): readonly Impossibility[] {
  return [
    ...portNumber(port, `${path}.port`),
    ...(typeof targetPort === "number" ? portNumber(targetPort, `${path}.targetPort`) : []),
    ...portNumber(nodePort, `${path}.nodePort`),
  ];
}

function portNumber(port: Knowable<number> | undefined, path: string): readonly Impossibility[] {
  if (port === undefined || isUnknown(port)) return [];
  const possible = Number.isInteger(port) && port >= 1 && port <= 65_535;
  return possible ? [] : [{ path, seen: `${port}`, wanted: "a port, 1 to 65535" }];
}

function unknownNode(
  name: string | undefined,
  known: ReadonlySet<string>,
  path: string,
): readonly Impossibility[] {
  if (name === undefined || known.has(name)) return [];
  return [
    { path, seen: `"${name}"`, wanted: `one of the nodes: ${[...known].join(", ") || "there is none"}` },
  ];
}

/** Every value that stood there before, where it stands again. */
function duplicates(
  values: readonly (string | undefined)[],
  pathOf: (index: number) => string,
  wanted: string,
): readonly Impossibility[] {
  const before = new Set<string>();
  return values.flatMap((value, index) => {
    if (value === undefined) return [];
    if (before.has(value)) return [{ path: pathOf(index), seen: `"${value}" again`, wanted }];
    before.add(value);
    return [];
  });
}
