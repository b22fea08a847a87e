import { kubernetes, Unknown, type CheckAnswer, type PropertyMap } from "@evenkeel/offline";
import { at, changedKeys, contains, same } from "../inputs";
import type { ChangeRequest, DiffAnswer, StandIn } from "../stand-in";
import { apiServer } from "./api-server";

export interface Cluster {
  /** False: no kubeconfig, as in most CI previews. May change between two commands. */
  reachable: boolean;
}

const UNREACHABLE =
  "configured Kubernetes cluster is unreachable: unable to load Kubernetes client configuration from kubeconfig file";

/** pulumi-kubernetes over one cluster. Without it, previews are those that `packages/offline` gives. */
export function kubernetesStandIn(cluster: Cluster): Omit<StandIn, "invoke"> {
  const offline = kubernetes();
  const server = apiServer();
  const inputsOf = new Map<string, PropertyMap>();
  const reach = (): void => {
    if (!cluster.reachable) throw new Error(UNREACHABLE);
  };

  return {
    name: "kubernetes",
    version: "4.34.2",
    referred: ["core/v1:Service", "apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet"].map(
      (type) => `kubernetes:${type}`,
    ),
    acceptsSecrets: offline.acceptsSecrets,
    checkConfig: (config) => offline.checkConfig?.(config) ?? config,

    check: (request) => {
      const answer = offline.check(request);
      return "failures" in answer ? answer : keepName(answer.inputs, request.inputs, request.olds);
    },

    diff,

    create: (request) => {
      const id = idOf(request.type, request.inputs);
      // provider.go Create: the dry run needs a cluster and inputs that are all known; its answer carries no status.
      if (request.preview) {
        if (!cluster.reachable || hasUnknowns(request.inputs))
          return { id, outputs: offline.create(request) };
        return { id, outputs: withoutStatus(server.create(id, request.inputs, true)) };
      }
      reach();
      const outputs = server.create(id, request.inputs, false);
      inputsOf.set(id, request.inputs);
      awaitReady(id, outputs);
      return { id: objectId(request.inputs), outputs };
    },

    update: (request) => {
      const id = idOf(request.type, request.inputs);
      if (request.preview) {
        if (!cluster.reachable || hasUnknowns(request.inputs)) return offline.create(request);
        return withoutStatus(server.update(id, request.inputs, true));
      }
      reach();
      const outputs = server.update(id, request.inputs, false);
      inputsOf.set(id, request.inputs);
      awaitReady(id, outputs);
      return outputs;
    },

    read: ({ type, id }) => {
      reach();
      const outputs = server.get(`${type}/${id}`);
      return outputs && { id, outputs, inputs: inputsOf.get(`${type}/${id}`) ?? outputs };
    },

    delete: ({ type, id }) => {
      reach();
      server.delete(`${type}/${id}`);
    },
  };
}

/** Inputs whose change replaces an object (pulumi-kubernetes provider/pkg/provider/../openapi forceNew, by kind). */
const REPLACES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [["spec", "selector"]],
  ReplicaSet: [["spec", "selector"]],
  DaemonSet: [["spec", "selector"]],
  StatefulSet: [
    ["spec", "selector"],
    ["spec", "serviceName"],
    ["spec", "podManagementPolicy"],
  ],
};
const IDENTITY = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]];

function diff({ oldInputs, inputs, ignoreChanges }: ChangeRequest): DiffAnswer {
  const kind = String(inputs["kind"]);
  const replaces = [...IDENTITY, ...(REPLACES[kind] ?? [])]
    .filter((path) => !same(at(oldInputs, ...path), at(inputs, ...path)))
    .map((path) => path.join("."));
  const sameName = same(at(oldInputs, "metadata", "name"), at(inputs, "metadata", "name"));
  return {
    changed: changedKeys(oldInputs, inputs, ignoreChanges),
    replaces,
    deleteBeforeReplace: replaces.length > 0 && sameName,
  };
}

/** A generated name stays as long as the program gives none of its own. */
function keepName(checked: PropertyMap, written: PropertyMap, olds: PropertyMap): CheckAnswer {
  const name = at(olds, "metadata", "name");
  const generated = at(olds, "metadata", "annotations", "pulumi.com/autonamed") === "true";
  if (!generated || name === undefined || at(written, "metadata", "name") !== undefined)
    return { inputs: checked };
  const metadata = checked["metadata"];
  return { inputs: { ...checked, metadata: { ...Object(metadata), name } } };
}

/** Ids carry no kind; two kinds may share a name. */
function idOf(type: string, object: PropertyMap): string {
  return `${type}/${objectId(object)}`;
}

function objectId(object: PropertyMap): string {
  const [namespace, name] = [at(object, "metadata", "namespace"), at(object, "metadata", "name")];
  return namespace === undefined ? String(name) : `${String(namespace)}/${String(name)}`;
}

/** provider/pkg/await/service.go: a LoadBalancer is waited for until it has an address. Here the wait ends at once. */
function awaitReady(id: string, object: PropertyMap): void {
  if (object["kind"] !== "Service" || at(object, "spec", "type") !== "LoadBalancer") return;
  if (at(object, "metadata", "annotations", "pulumi.com/skipAwait") === "true") return;
  if (at(object, "status", "loadBalancer", "ingress") !== undefined) return;
  throw new Error(`${id}: Service was not allocated an IP address; does your cloud provider support this?`);
}

function hasUnknowns(inputs: PropertyMap): boolean {
  return contains(inputs, (value) => value instanceof Unknown);
}

function withoutStatus(object: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== "status"));
}
