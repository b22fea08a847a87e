import type { Cluster, Exposure, ObjectRef, ResourceRecord, Resources } from "@evenkeel/core/model";
import { flatten, type SourceObject } from "../kubernetes/object";
import { versionOfCluster, type ResolvedVersion } from "../cluster/kubernetes-version";
import { awsKind } from "../aws/kinds";
import { stackCluster, type StackCluster } from "../aws/node-groups";
import { readAws } from "../aws/records";
import { componentKind } from "../pulumi/component-inputs";
import { withWorkloads } from "../pulumi/component-references";
import { documentResources } from "../pulumi/document";
import { kubernetesObject } from "../pulumi/kubernetes";
import { resourceRef, type PulumiResource } from "../pulumi/resource";
import { settled } from "../pulumi/wire";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import { decidedComponent } from "./component";
import { joinExposures, type JoinOptions } from "./exposures";
import type { Reading } from "./kubernetes";
import { isNode, nodesAmong, readObjects, resourcesOf, withVersion } from "./objects";

export interface PulumiOptions extends JoinOptions {
  /** Resources of other stacks, to join with; they are not themselves the subject. */
  readonly joinWith?: readonly PulumiResource[];
  /** Plain Kubernetes objects beside the stack: manifests in front of which its target groups stand. They are subjects too. */
  readonly objects?: readonly SourceObject[];
}

/**
 * Joins the resources of a Pulumi program: Kubernetes objects as in manifests, target groups with the Services behind them, and
 * what the arguments of our own components say. A Service below such a component is spoken for by it.
 * @throws UnmodelledVersionError for a version in the options that is not modelled
 *
 * @example
 * readPulumi(resources, { kubernetesVersion: "1.36" }).exposures[0]?.fronts[0]?.healthCheck;
 */
export function readPulumi(resources: readonly PulumiResource[], options: PulumiOptions = {}): Reading {
  const own = resources.map(asSettled);
  const foreign = (options.joinWith ?? []).map(asSettled);
  const all = [...own, ...foreign];
  const kubernetes = [
    ...all.flatMap((resource) => kubernetesObject(resource) ?? []),
    ...(options.objects ?? []),
  ];
  // Nodes that somebody gave, or that are there themselves, tell more than what is to make them.
  const isGiven = options.cluster !== undefined || flatten(kubernetes).some(isNode);
  const stack = isGiven ? NO_STACK_CLUSTER : stackCluster(all);
  const version = versionOfCluster(nodesAmong(kubernetes), options, stack.kubernetesVersion);
  const joining = withVersion({ ...options, ...(stack.cluster ? { cluster: stack.cluster } : {}) }, version);
  const objects = readObjects(kubernetes, joining);
  const aws = readAws(all);
  const { exposures, workloads, unjoined } = joinExposures(objects, aws, joining, version);
  const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
  const components = componentExposures(
    own,
    (urn) => byUrn.get(urn),
    options.cluster,
    stack.cluster,
    version,
  );
  const isOwn = subjectTest(own, foreign);
  const spokenFor = descendantsOf(components.keys(), own);
  const isSubject = ({ urn }: ObjectRef): boolean => urn === undefined || (isOwn(urn) && !spokenFor.has(urn));
  return {
    exposures: [
      ...components.values(),
      ...exposures.filter((one) => isSubject(one.service.ref) || hasOwnFront(one, isSubject)),
    ],
    workloads: workloads.filter(({ workload: { ref } }) => isSubject(ref)),
    unjoined: unjoined.filter(({ ref }) => isSubject(ref)),
    resources: { ...resourcesOf(objects), ...awsResources(own) },
    objects: objects.controllerObjects,
    problems: [...objects.problems, ...aws.problems, ...stack.problems].filter(
      ({ resource }) => resource.urn === undefined || isOwn(resource.urn),
    ),
    ...(version ? { version } : {}),
  };
}

export interface ReadDocumentOptions extends JoinOptions {
  /** States or previews of other stacks, to join with. */
  readonly joinWith?: readonly unknown[];
}

/** The same from a state (`pulumi stack export`) or a preview (`pulumi preview --json`). */
export function readPulumiDocument(
  document: unknown,
  { joinWith = [], ...options }: ReadDocumentOptions = {},
): Reading {
  const foreign = joinWith.flatMap((other) => documentResources(other));
  return readPulumi(documentResources(document), { ...options, joinWith: foreign });
}

/** Properties that are no map, as a source that is not ours may have them, are none. */
function asSettled(resource: PulumiResource): PulumiResource {
  const { inputs } = resource;
  const properties = isMap(resource.properties) ? resource.properties : {};
  if (!isMap(inputs)) return { ...resource, properties };
  if (resource.type.startsWith("kubernetes:"))
    return { ...resource, properties: isAnswered(properties) ? properties : inputs };
  return { ...resource, properties: settled(properties, inputs) };
}

/**
 * Kubernetes answers with the whole object, so what is missing in an answer was dropped by the API server; without a configured
 * provider there is no answer at all.
 */
function isAnswered(outputs: PulumiResource["properties"]): boolean {
  return Object.keys(outputs).some((key) => !key.startsWith("__"));
}

const NO_STACK_CLUSTER: StackCluster = Object.freeze({ problems: [] });

/**
 * The cluster of a component is the one that was given to this reading, else that of its arguments, else the stack's. Its policy was
 * chosen by what its arguments say alone, as its constructor did.
 */
function componentExposures(
  resources: readonly PulumiResource[],
  find: (urn: string) => PulumiResource | undefined,
  given: Cluster | undefined,
  ofStack: Cluster | undefined,
  version: ResolvedVersion | undefined,
): ReadonlyMap<string, Exposure> {
  return new Map(
    resources.flatMap((resource) => {
      const { type, urn, name } = resource;
      if (!componentKind(type)) return [];
      const exposure = decidedComponent(type, withWorkloads(resource, find), { name, urn })?.exposure;
      if (!exposure) return [];
      const nodes = given ?? (exposure.cluster.nodes.length === 0 ? ofStack : undefined);
      const cluster = withVersionOf(nodes ?? exposure.cluster, exposure.cluster, version);
      return [[urn, { ...exposure, cluster }] as const];
    }),
  );
}

/** The version of the component's arguments stays, by which its constructor chose; else that of the reading counts. */
function withVersionOf(nodes: Cluster, own: Cluster, version: ResolvedVersion | undefined): Cluster {
  const { kubernetesVersion: _version, versionAssumption: _assumption, ...rest } = nodes;
  const { kubernetesVersion, assumption } =
    own.kubernetesVersion === undefined ? (version ?? {}) : { kubernetesVersion: own.kubernetesVersion };
  return { ...rest, ...present({ kubernetesVersion, versionAssumption: assumption }) };
}

/** URNs below any of these, by parents. */
function descendantsOf(
  ancestors: Iterable<string>,
  resources: readonly PulumiResource[],
): ReadonlySet<string> {
  const children = new Map<string, string[]>();
  for (const { urn, parent } of resources) {
    if (parent === undefined) continue;
    const list = children.get(parent);
    if (list) list.push(urn);
    else children.set(parent, [urn]);
  }
  const found = new Set<string>();
  const open = [...ancestors];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      if (found.has(child)) continue;
      found.add(child);
      open.push(child);
    }
  }
  return found;
}

/** What stands in both belongs to the subject. */
function subjectTest(
  own: readonly PulumiResource[],
  foreign: readonly PulumiResource[],
): (urn: string) => boolean {
  if (foreign.length === 0) return () => true;
  const urns = new Set(own.map(({ urn }) => urn));
  return (urn) => urns.has(urn);
}

/** A Service of another stack is a subject where a target group of this one, or a configuration of HAProxy, stands in front. */
function hasOwnFront({ fronts }: Exposure, isSubject: (ref: ObjectRef) => boolean): boolean {
  return fronts.some(({ resource }) => resource.kind !== "Service" && isSubject(resource));
}

const SUBJECTS = { LoadBalancer: "loadBalancer", Listener: "listener", TargetGroup: "targetGroup" } as const;

function awsResources(resources: readonly PulumiResource[]): Resources {
  const found: Record<(typeof SUBJECTS)[keyof typeof SUBJECTS], ResourceRecord[]> = {
    loadBalancer: [],
    listener: [],
    targetGroup: [],
  };
  for (const resource of resources) {
    const kind = awsKind(resource.type);
    if (kind !== "LoadBalancer" && kind !== "Listener" && kind !== "TargetGroup") continue;
    found[SUBJECTS[kind]].push({ ref: resourceRef(kind, resource), properties: resource.properties });
  }
  return found;
}
