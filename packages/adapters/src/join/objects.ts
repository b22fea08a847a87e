import { CONTROLLERS, type ConfigFile } from "@evenkeel/core/balancers";
import type { ResourceRecord, Resources } from "@evenkeel/core/model";
import { isAutoscaler, readAutoscaler, type ReadAutoscaler } from "../kubernetes/autoscaler";
import { mistakePath, readHaproxy, type HaproxyConfig, type HaproxySource } from "../haproxy/config";
import type { ResolvedVersion } from "../cluster/kubernetes-version";
import { readConfigFiles } from "../kubernetes/config-file";
import { readConfigMap, type ReadConfigMap } from "../kubernetes/config-map";
import {
  isDisruptionBudget,
  readDisruptionBudget,
  type ReadDisruptionBudget,
} from "../kubernetes/disruption-budget";
import { readEndpointSlice, type ReadSlice } from "../kubernetes/endpoint-slice";
import { isFragment } from "../kubernetes/fragment";
import { readNode, type ReadNode } from "../kubernetes/node";
import { flatten, openObject, type OpenObject, type SourceObject } from "../kubernetes/object";
import { readPod, type ReadPod } from "../kubernetes/pod";
import { readService, type ReadService } from "../kubernetes/service";
import {
  isTargetGroupBinding,
  readTargetGroupBinding,
  type BindingRecord,
} from "../kubernetes/target-group-binding";
import { isWorkload, readWorkload, type ReadWorkload } from "../kubernetes/workload";
import { problemsOf, type Problem } from "../problem";
import { isMap } from "../reading/field";

/** Everything of a source that says something of traffic, kind by kind. */
export interface Objects {
  readonly services: readonly OpenedService[];
  readonly workloads: readonly ReadWorkload[];
  readonly autoscalers: readonly ReadAutoscaler[];
  readonly budgets: readonly ReadDisruptionBudget[];
  readonly nodes: readonly ReadNode[];
  readonly pods: readonly ReadPod[];
  readonly slices: readonly ReadSlice[];
  readonly bindings: readonly BindingRecord[];
  readonly haproxy: readonly HaproxyConfig[];
  readonly configMaps: readonly ReadConfigMap[];
  /** Configurations of controllers of load balancers, from Secrets and ConfigMaps. */
  readonly configFiles: readonly ConfigFile[];
  /** All TargetGroupBindings as written, those that the controller made too. */
  readonly bindingObjects: readonly ResourceRecord[];
  /** Objects of the kinds that controllers of load balancers read, by kind. */
  readonly controllerObjects: Readonly<Record<string, readonly ResourceRecord[]>>;
  readonly problems: readonly Problem[];
}

export interface OpenedService extends ReadService {
  readonly object: OpenObject;
}

export function resourcesOf({ bindingObjects }: Objects): Resources {
  return { targetGroupBinding: bindingObjects };
}

/** The nodes among the sources, whose versions decide how the rest is read. */
export function nodesAmong(sources: readonly SourceObject[]): readonly ReadNode[] {
  return flatten(sources).flatMap((source) => {
    const object = isNode(source) ? openObject(source) : undefined;
    return object ? [readNode(object)] : [];
  });
}

export function isNode({ object }: SourceObject): boolean {
  return isMap(object) && object.kind === "Node" && object.apiVersion === "v1";
}

/** Services are read as the API server of the version stores them. */
export function withVersion<T extends ObjectOptions>(options: T, version: ResolvedVersion | undefined): T {
  return version === undefined ? options : { ...options, kubernetesVersion: version.kubernetesVersion };
}

/** What objects are read with. */
export interface ObjectOptions {
  readonly kubernetesVersion?: string;
  /** Configurations of HAProxy that are files of their own. */
  readonly haproxy?: readonly HaproxySource[];
}

export function readObjects(sources: readonly SourceObject[], options: ObjectOptions = {}): Objects {
  const objects: Mutable<Objects> = {
    services: [],
    workloads: [],
    autoscalers: [],
    budgets: [],
    nodes: [],
    pods: [],
    slices: [],
    bindings: [],
    haproxy: [],
    configMaps: [],
    configFiles: [],
    bindingObjects: [],
    controllerObjects: {},
    problems: [],
  };
  for (const source of flatten(sources)) {
    const object = openObject(source);
    if (!object) continue;
    readInto(objects, object, options);
    objects.problems.push(...problemsOf(object.ref, object.notes));
  }
  for (const source of options.haproxy ?? []) readHaproxyInto(objects, source);
  return objects;
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer U)[]
    ? U[]
    : T[K] extends Readonly<Record<string, readonly (infer U)[]>>
      ? Record<string, U[]>
      : T[K];
};

/** Kinds that some controller of load balancers reads. */
const CONTROLLER_KINDS: ReadonlySet<string> = new Set(
  CONTROLLERS.flatMap(({ objectKinds = [] }) => objectKinds.map(({ group, kind }) => `${group}/${kind}`)),
);

function readInto(into: Mutable<Objects>, object: OpenObject, options: ObjectOptions): void {
  const { ref, group } = object;
  if (CONTROLLER_KINDS.has(`${group}/${ref.kind}`)) readControllerObjectInto(into, object);
  if (ref.kind === "Service" && group === "") readServiceInto(into, object, options);
  else if (ref.kind === "Node" && group === "") into.nodes.push(readNode(object));
  else if (ref.kind === "Pod" && group === "") into.pods.push(readPod(object));
  else if (ref.kind === "EndpointSlice" && group === "discovery.k8s.io")
    push(into.slices, readEndpointSlice(object));
  else if (isAutoscaler(object)) push(into.autoscalers, readAutoscaler(object, options));
  else if (isDisruptionBudget(object)) push(into.budgets, readDisruptionBudget(object));
  else if (isTargetGroupBinding(object)) readBindingInto(into, object);
  else if (ref.kind === "ConfigMap" && group === "") readConfigMapInto(into, object);
  else if (ref.kind === "Secret" && group === "") into.configFiles.push(...readConfigFiles(object));
  else if (isWorkload(object)) into.workloads.push(readWorkload(object));
}

function readServiceInto(into: Mutable<Objects>, object: OpenObject, options: ObjectOptions): void {
  if (!isFragment(object)) return void into.services.push({ ...readService(object, options), object });
  object.notes.misread.push({
    path: "",
    seen: "a part of a Service, which looks like a patch",
    wanted: "the whole object: render it first (kubectl kustomize)",
  });
}

function readBindingInto(into: Mutable<Objects>, object: OpenObject): void {
  const { value } = object.field;
  if (isMap(value)) into.bindingObjects.push({ ref: object.ref, properties: value });
  push(into.bindings, readTargetGroupBinding(object));
}

function readControllerObjectInto({ controllerObjects }: Mutable<Objects>, { ref, field }: OpenObject): void {
  const { value } = field;
  if (isMap(value)) (controllerObjects[ref.kind] ??= []).push({ ref, properties: value });
}

function readConfigMapInto(into: Mutable<Objects>, object: OpenObject): void {
  const read = readConfigMap(object);
  into.configMaps.push(read);
  into.configFiles.push(...readConfigFiles(object));
  for (const source of read.haproxy) readHaproxyInto(into, source);
}

/** A configuration that HAProxy would not take is a problem of the object that has it, and nothing else is read of it. */
function readHaproxyInto(into: Mutable<Objects>, source: HaproxySource): void {
  const config = readHaproxy(source);
  into.haproxy.push(config);
  const [first] = config.mistakes;
  if (!first) return;
  const { seen, wanted } = first;
  into.problems.push({ resource: source.home.resource, path: mistakePath(source, first), seen, wanted });
}

function push<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}
