import { createHash } from "node:crypto";
import { validateService, validateServiceUpdate, type ServiceAnswer } from "@evenkeel/core/api";
import { Secret, type PropertyMap, type PropertyValue } from "@evenkeel/offline";
import { at, contains, isMap } from "../inputs";
import { allocator } from "./allocate";

/**
 * As much of an API server as previews and updates need: Services as core says that the real one answers them (proved in
 * `test/oracle`), all other kinds as they come.
 */
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

  const options = () => ({ serviceIPFamilies: ["IPv4"] as const, nodePortsInUse: ports.portsInUse });
  const store = (
    id: string,
    object: PropertyMap,
    answer: ServiceAnswer | undefined,
    dryRun: boolean,
  ): PropertyMap => {
    if (answer?.refusal !== undefined) throw new Error(answer.refusal.message);
    const stored = answer === undefined ? object : ports.fill(answer.stored);
    const complete = withStatus(id, withMetadata(id, stored, String(version++)));
    if (!dryRun) {
      objects.set(id, complete);
      if (answer !== undefined) ports.take(id, complete);
    }
    return complete;
  };

  return {
    create: (id, object, dryRun) => {
      if (objects.has(id)) throw new Error(`${id} already exists`);
      return store(id, object, isService(object) ? validateService(object, options()) : undefined, dryRun);
    },
    update: (id, object, dryRun) => {
      const old = objects.get(id);
      if (old === undefined) throw new Error(`${id} not found`);
      return store(
        id,
        object,
        isService(object) ? validateServiceUpdate(old, object, options()) : undefined,
        dryRun,
      );
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

function withMetadata(id: string, object: PropertyMap, resourceVersion: string): PropertyMap {
  const digest = createHash("sha256").update(id).digest("hex");
  const uid = [8, 12, 16, 20, 32].map((end, i, ends) => digest.slice(ends[i - 1] ?? 0, end)).join("-");
  const metadata = isMap(object["metadata"]) ? object["metadata"] : {};
  return { ...object, metadata: { ...metadata, uid, resourceVersion, creationTimestamp: CREATED } };
}

function withStatus(id: string, object: PropertyMap): PropertyMap {
  if (object["kind"] !== "Service") return object;
  const balanced =
    at(object, "spec", "type") === "LoadBalancer" && CLAIMED.has(at(object, "spec", "loadBalancerClass"));
  const hostname = `${id.replace(/[^a-z0-9]+/gi, "-")}.elb.eu-central-1.amazonaws.com`.toLowerCase();
  return { ...object, status: { loadBalancer: balanced ? { ingress: [{ hostname }] } : {} } };
}
