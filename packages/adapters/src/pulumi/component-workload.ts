import { isUnknown, type Exposure, type Workload } from "@evenkeel/core/model";
import { isStored } from "../kubernetes/object";
import { readWorkload } from "../kubernetes/workload";
import { dig, isMap, notes, rootField, text } from "../reading/field";
import { present } from "../reading/present";
import {
  namespaceOf,
  WORKLOAD_ARGUMENTS,
  type ComponentIdentity,
  type ComponentInputs,
} from "./component-inputs";

type Properties = Readonly<Record<string, unknown>>;

/** A workload object as Kubernetes has it, whichever argument it came from. */
interface WorkloadObject {
  readonly kind: string;
  readonly properties: Properties;
}

/** What runs behind the Service: the plain record, or the properties of the resource that was passed. */
export function workloadsOf(
  inputs: ComponentInputs,
  identity: ComponentIdentity,
): Pick<Exposure, "workloads" | "missing"> {
  const object = workloadObject(inputs);
  if (object) return { workloads: [readObject(object, inputs, identity)], missing: [] };
  const detail = `the workload of ${identity.name} is not known yet`;
  const how = "pass it as a plain record in `workload`, or check the whole stack";
  return { workloads: [], missing: [{ what: "workload", detail, how }] };
}

/** Labels that the Service selects by, if nobody says otherwise: those by which the workload knows its own pods. */
export function podLabelsOf(inputs: ComponentInputs): unknown {
  const properties = workloadObject(inputs)?.properties;
  return properties && dig(rootField(properties), "spec", "selector", "matchLabels").value;
}

function workloadObject(inputs: ComponentInputs): WorkloadObject | undefined {
  const { workload } = inputs;
  if (isKnownMap(workload)) return fromRecord(workload);
  for (const [key, kind] of Object.entries(WORKLOAD_ARGUMENTS)) {
    const properties = inputs[key];
    if (isKnownMap(properties)) return { kind, properties };
  }
  return undefined;
}

function fromRecord({ kind, name, replicas, labels, spec }: Properties): WorkloadObject {
  return {
    kind: typeof kind === "string" ? kind : "Deployment",
    properties: {
      metadata: present({ name }),
      spec: present({
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: spec ?? {} },
      }),
    },
  };
}

function readObject(object: WorkloadObject, inputs: ComponentInputs, identity: ComponentIdentity): Workload {
  const { kind, properties } = object;
  const field = rootField(properties);
  const ref = present({
    kind,
    namespace: text(dig(field, "metadata", "namespace")) ?? namespaceOf(inputs),
    name: text(dig(field, "metadata", "name")) ?? identity.name,
  });
  const { workload } = readWorkload({ ref, group: "apps", field, notes: notes() });
  return isStored({ field }) ? workload : { ...workload, written: writtenObject(object) };
}

/**
 * The object as somebody is about to create it, as far as the arguments have it: a name, a container or an image that is not theirs to
 * say is some name, some container, some image.
 */
function writtenObject({ kind, properties }: WorkloadObject): Properties {
  return {
    ...properties,
    apiVersion: "apps/v1",
    kind,
    metadata: { name: UNNAMED, ...(isKnownMap(properties.metadata) ? properties.metadata : {}) },
    spec: within(properties.spec, "template", (template) => within(template, "spec", wholePod)),
  };
}

const UNNAMED = "unnamed";

function wholePod(pod: unknown): unknown {
  if (!isKnownMap(pod)) return pod;
  const { containers = [{ name: UNNAMED }], initContainers } = pod;
  return present({ ...pod, containers: withImages(containers), initContainers: withImages(initContainers) });
}

function withImages(containers: unknown): unknown {
  if (!Array.isArray(containers)) return containers;
  return containers.map((container: unknown) =>
    isKnownMap(container) ? { ...container, image: container.image ?? UNNAMED } : container,
  );
}

function within(map: unknown, key: string, change: (value: unknown) => unknown): unknown {
  return isKnownMap(map) ? { ...map, [key]: change(map[key]) } : map;
}

function isKnownMap(value: unknown): value is Properties {
  return isMap(value) && !isUnknown(value);
}
