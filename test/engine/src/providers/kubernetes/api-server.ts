import { createHash } from "node:crypto";
import { defaultService } from "@evenkeel/core/api";
import { Secret, type PropertyMap, type PropertyValue } from "@evenkeel/offline";
import { at, contains, isList, isMap } from "../inputs";
import { allocator } from "./allocate";

/** As much of an API server as previews and updates of Services need; other kinds are stored as they come. */
export interface ApiServer {
  /** A dry run answers what a create would, and keeps nothing. */
  create(id: string, object: PropertyMap, dryRun: boolean): PropertyMap;
  update(id: string, object: PropertyMap, dryRun: boolean): PropertyMap;
  get(id: string): PropertyMap | undefined;
  delete(id: string): void;
}

const CREATED = "2026-01-01T00:00:00Z";
/** Classes that a controller of this cluster claims; a Service without a class goes to the cloud's own. */
const CLAIMED = new Set<PropertyValue | undefined>([
  undefined,
  "service.k8s.aws/nlb",
  "eks.amazonaws.com/nlb",
]);

export function apiServer(): ApiServer {
  const objects = new Map<string, PropertyMap>();
  const ports = allocator();
  let version = 1;

  const store = (id: string, object: PropertyMap, dryRun: boolean): PropertyMap => {
    const stored = isService(object)
      ? ports.fill(defaultService(object, { serviceIPFamilies: ["IPv4"] }), id, dryRun)
      : object;
    const complete = withStatus(id, withMetadata(id, stored, String(version++)));
    if (!dryRun) objects.set(id, complete);
    return complete;
  };

  return {
    create: (id, object, dryRun) => {
      if (objects.has(id)) throw new Error(`${id} already exists`);
      return store(id, object, dryRun);
    },
    update: (id, object, dryRun) => {
      const old = objects.get(id);
      if (old === undefined) throw new Error(`${id} not found`);
      return store(id, isService(object) ? withAllocated(object, old) : object, dryRun);
    },
    get: (id) => objects.get(id),
    delete: (id) => {
      ports.release(id);
      objects.delete(id);
    },
  };
}

function isService(object: PropertyMap): boolean {
  if (object["kind"] !== "Service" || object["apiVersion"] !== "v1") return false;
  if (contains(object, (value) => value instanceof Secret))
    throw new Error("the Kubernetes stand-in cannot store a Service that holds secrets");
  return true;
}

/** What was allocated stays while it is not asked otherwise (k/k pkg/registry/core/service/storage patchAllocatedValues). */
function withAllocated(object: PropertyMap, old: PropertyMap): PropertyMap {
  const spec = asMap(object["spec"]);
  const before = asMap(old["spec"]);
  const oldPorts = isList(before["ports"]) ? before["ports"].map(asMap) : [];
  const ports = isList(spec["ports"]) ? spec["ports"].map(asMap) : [];
  const nodePortOf = (port: PropertyMap): PropertyValue | undefined =>
    oldPorts.find((o) => o["port"] === port["port"] && o["protocol"] === (port["protocol"] ?? "TCP"))?.[
      "nodePort"
    ];
  const local = spec["externalTrafficPolicy"] === "Local";
  return {
    ...object,
    spec: present({
      ...spec,
      clusterIP: spec["clusterIP"] ?? before["clusterIP"],
      clusterIPs: spec["clusterIPs"] ?? before["clusterIPs"],
      healthCheckNodePort: spec["healthCheckNodePort"] ?? (local ? before["healthCheckNodePort"] : undefined),
      ports: ports.map((port) => present({ ...port, nodePort: port["nodePort"] ?? nodePortOf(port) })),
    }),
  };
}

function withMetadata(id: string, object: PropertyMap, resourceVersion: string): PropertyMap {
  const digest = createHash("sha256").update(id).digest("hex");
  const uid = [8, 12, 16, 20, 32].map((end, i, ends) => digest.slice(ends[i - 1] ?? 0, end)).join("-");
  return {
    ...object,
    metadata: { ...asMap(object["metadata"]), uid, resourceVersion, creationTimestamp: CREATED },
  };
}

function withStatus(id: string, object: PropertyMap): PropertyMap {
  if (object["kind"] !== "Service") return object;
  const balanced =
    at(object, "spec", "type") === "LoadBalancer" && CLAIMED.has(at(object, "spec", "loadBalancerClass"));
  const hostname = `${id.replace(/[^a-z0-9]+/gi, "-")}.elb.eu-central-1.amazonaws.com`.toLowerCase();
  return { ...object, status: { loadBalancer: balanced ? { ingress: [{ hostname }] } : {} } };
}

function present(map: Readonly<Record<string, PropertyValue | undefined>>): PropertyMap {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function asMap(value: PropertyValue | undefined): PropertyMap {
  return isMap(value) ? value : {};
}
