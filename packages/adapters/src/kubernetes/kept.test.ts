import { keptPart } from "./kept";
import { readNode } from "./node";
import { openObject } from "./object";
import { readPod } from "./pod";

const read = {
  Pod: (object: object) => readPod(opened(object)),
  Node: (object: object) => readNode(opened(object)),
};

function opened(object: object) {
  const open = openObject({ object });
  if (!open) throw new Error("no object");
  return open;
}

const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web-1",
    namespace: "shop",
    uid: "1",
    labels: { app: "web" },
    annotations: { a: "b" },
    creationTimestamp: "2026-01-01T00:00:00Z",
    deletionTimestamp: "2026-01-02T00:00:00Z",
    ownerReferences: [{ kind: "ReplicaSet", name: "web", uid: "2", controller: true }],
    managedFields: [{ manager: "kubectl" }],
  },
  spec: {
    nodeName: "n1",
    hostNetwork: true,
    nodeSelector: { disk: "ssd" },
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    tolerations: [{ key: "a", operator: "Exists" }],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "z", whenUnsatisfiable: "DoNotSchedule" }],
    containers: [
      {
        name: "web",
        image: "web:1",
        args: ["--port=1"],
        env: [{ name: "SECRET", value: "s" }],
        ports: [{ containerPort: 80, hostPort: 81 }],
        resources: { requests: { cpu: "1" } },
        lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: {} },
        readinessProbe: { httpGet: { port: 80 } },
        volumeMounts: [{ name: "v" }],
      },
    ],
    initContainers: [{ name: "side", restartPolicy: "Always", resources: { limits: { memory: "1Gi" } } }],
    overhead: { cpu: "10m" },
    terminationGracePeriodSeconds: 40,
    readinessGates: [{ conditionType: "x" }],
    priorityClassName: "high",
    volumes: [{ name: "v" }],
  },
  status: {
    phase: "Running",
    podIPs: [{ ip: "10.0.0.1" }],
    conditions: [{ type: "Ready", status: "True", message: "m" }],
    containerStatuses: [{ name: "web" }],
  },
};

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "n1", labels: { zone: "a" }, annotations: { a: "b" }, managedFields: [] },
  spec: {
    unschedulable: true,
    providerID: "aws:///a/i-1",
    podCIDRs: ["10.0.0.0/24"],
    taints: [{ key: "t", effect: "NoExecute" }],
  },
  status: {
    allocatable: { cpu: "4" },
    capacity: { cpu: "5" },
    conditions: [{ type: "Ready", status: "False", reason: "r" }],
    images: [{ names: ["a"], sizeBytes: 1 }],
    addresses: [{ type: "InternalIP", address: "10.0.0.1" }],
    nodeInfo: { kubeletVersion: "v1.36.0", osImage: "o" },
    volumesInUse: ["v"],
  },
};

test.each([
  ["Pod", pod],
  ["Node", node],
] as const)(
  "a %s reads the same from the part that is kept, which lacks what nobody reads",
  (kind, object) => {
    const kept = keptPart(object);
    expect(read[kind](kept)).toEqual(read[kind](object));
    expect(JSON.stringify(kept)).not.toMatch(
      /SECRET|managedFields|volume|containerStatuses|message|reason|osImage/,
    );
  },
);

test.each([
  ["Pod", pod],
  ["Node", node],
] as const)("whatever the reader of a %s looks at is kept, also what this one lacks", (kind, object) => {
  const looked = new Set<string>();
  read[kind](watched(object, "", looked));
  expect(looked.size).toBeGreaterThan(20);
  for (const path of looked) {
    // The mark of a value that is not known yet, which no server tells.
    if (/(^|\.)unknown$/.test(path)) continue;
    // The same object with something at the place that was looked at.
    const filled = at(structuredClone(object), path);
    expect([path, has(keptPart(filled), path)]).toEqual([path, true]);
  }
});

test("objects of other kinds lose the record of who wrote their fields, and nothing else", () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a", managedFields: [] },
    spec: { x: 1 },
  };
  expect(keptPart(service)).toEqual({ ...service, metadata: { name: "a" } });
  const other = { apiVersion: "example.com/v1", kind: "Pod", spec: { x: 1 } };
  expect(keptPart(other)).toBe(other);
});

test("what is of the wrong kind stays for its reader to complain of", () => {
  const wrong = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a" },
    spec: { containers: "none", tolerations: 1 },
  };
  expect(keptPart(wrong)).toEqual(wrong);
});

/** The object, telling every own key that is asked for: maps of the API only, not what the user puts into labels and the like. */
function watched<T extends object>(target: T, path: string, looked: Set<string>): T {
  return new Proxy(target, {
    get: (map, key) => below(Reflect.get(map, key), key),
    getOwnPropertyDescriptor: (map, key) => {
      below(undefined, key);
      return Reflect.getOwnPropertyDescriptor(map, key);
    },
  });
  function below(value: unknown, key: string | symbol): unknown {
    if (typeof key === "symbol" || (Array.isArray(target) && !/^\d+$/.test(key))) return value;
    const place = path === "" ? key : `${path}.${key}`;
    if (!Array.isArray(target)) looked.add(place);
    return typeof value === "object" && value !== null ? watched(value, place, looked) : value;
  }
}

/** Sets a value at a path unless there is one. */
function at(object: Readonly<Record<string, unknown>>, path: string): Readonly<Record<string, unknown>> {
  const keys = path.split(".");
  let map: object = object;
  keys.forEach((key, index) => {
    const value: unknown = Reflect.get(map, key);
    if (value === undefined || value === null) Reflect.set(map, key, index === keys.length - 1 ? "x" : {});
    const next: unknown = Reflect.get(map, key);
    if (typeof next === "object" && next !== null) map = next;
  });
  return object;
}

function has(object: object, path: string): boolean {
  let value: unknown = object;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = Reflect.get(value, key);
  }
  return true;
}
