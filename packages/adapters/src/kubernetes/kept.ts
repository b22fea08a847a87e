import { isMap } from "../reading/field";

/**
 * Which members of an object are kept: `true` keeps one as it is, a map goes on below it; below a list its elements are meant.
 * What the readers of Nodes and Pods look at, and no more (a test holds them to it).
 */
interface Kept {
  readonly [key: string]: Kept | true;
}

const METADATA: Kept = {
  annotations: true,
  creationTimestamp: true,
  deletionTimestamp: true,
  generateName: true,
  labels: true,
  name: true,
  namespace: true,
  ownerReferences: true,
};

const CONDITIONS: Kept = { type: true, status: true };

const NODE: Kept = {
  apiVersion: true,
  kind: true,
  metadata: METADATA,
  spec: { podCIDRs: true, providerID: true, taints: true, unschedulable: true },
  status: {
    addresses: true,
    allocatable: true,
    capacity: true,
    conditions: CONDITIONS,
    images: true,
    nodeInfo: { kubeletVersion: true },
  },
};

const CONTAINERS: Kept = {
  args: true,
  image: true,
  lifecycle: { preStop: true },
  name: true,
  ports: true,
  readinessProbe: true,
  resources: true,
  restartPolicy: true,
};

const POD: Kept = {
  apiVersion: true,
  kind: true,
  metadata: METADATA,
  spec: {
    affinity: true,
    containers: CONTAINERS,
    hostNetwork: true,
    initContainers: CONTAINERS,
    nodeName: true,
    nodeSelector: true,
    overhead: true,
    priorityClassName: true,
    readinessGates: true,
    terminationGracePeriodSeconds: true,
    tolerations: true,
    topologySpreadConstraints: true,
  },
  status: { conditions: CONDITIONS, phase: true, podIPs: true },
};

/**
 * The object with only what is read of it here. A cluster has tens of thousands of Pods, and most of what a server tells of each
 * (environment, volumes, states, who wrote which field) says nothing of traffic. Objects of other kinds lose only the record of who
 * wrote their fields.
 */
export function keptPart(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (object.apiVersion === "v1" && object.kind === "Pod") return part(object, POD);
  if (object.apiVersion === "v1" && object.kind === "Node") return part(object, NODE);
  if (!isMap(object.metadata) || !("managedFields" in object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function part(map: Readonly<Record<string, unknown>>, kept: Kept): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(map)) {
    // A key that every object has, such as `toString`, names nothing here.
    const below = Object.hasOwn(kept, key) ? kept[key] : undefined;
    if (below !== undefined) found[key] = below === true ? map[key] : partOf(map[key], below);
  }
  return found;
}

/** What is neither map nor list stays, for its reader to complain of. */
function partOf(value: unknown, kept: Kept): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => (isMap(one) ? part(one, kept) : one));
  return isMap(value) ? part(value, kept) : value;
}
