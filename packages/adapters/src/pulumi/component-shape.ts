import { CLIENT_ADDRESS_WISHES, type Requirements } from "@evenkeel/core/decide";
import { equalNodes } from "@evenkeel/core/estimate";
import { DATAPLANES, isUnknown, type Cluster, type Exposure, type Workload } from "@evenkeel/core/model";
import { readWorkload } from "../kubernetes/workload";
import { integer, isMap, member, notes, oneOf, rootField, text, type Field } from "../reading/field";
import { present } from "../reading/present";
import { namespaceOf, type ComponentIdentity, type ComponentInputs } from "./component-inputs";

/** The cluster as the arguments describe it; without nodes core answers for its default sizes. */
export function clusterOf(inputs: ComponentInputs): Cluster {
  const root = rootField(inputs);
  const shape = member(root, "cluster");
  const nodes = integer(member(shape, "nodes"));
  const zones = integer(member(shape, "zones")) ?? 1;
  return present({
    kubernetesVersion: text(member(root, "kubernetesVersion")) ?? text(member(shape, "kubernetesVersion")),
    dataplane:
      oneOf(member(root, "dataplane"), DATAPLANES) ??
      oneOf(member(shape, "dataplane"), DATAPLANES) ??
      "iptables",
    nodes: nodes === undefined ? [] : equalNodes(nodes, zones),
    pods: [],
  });
}

export function requirementsOf(inputs: ComponentInputs): Partial<Requirements> {
  const wishes = member(rootField(inputs), "requirements");
  const number = (key: string): number | undefined => {
    const { value } = member(wishes, key);
    return typeof value === "number" ? value : undefined;
  };
  return present({
    clientAddress: oneOf(member(wishes, "clientAddress"), CLIENT_ADDRESS_WISHES),
    maxHottest: number("maxHottest"),
    minNodesServing: number("minNodesServing"),
    maxDropped: number("maxDropped"),
  });
}

const RESOURCE_KINDS = {
  deployment: "Deployment",
  statefulSet: "StatefulSet",
  daemonSet: "DaemonSet",
} as const;

/** What runs behind the Service: the plain record, or the properties of the resource that was passed. */
export function workloadsOf(
  inputs: ComponentInputs,
  identity: ComponentIdentity,
): Pick<Exposure, "workloads" | "missing"> {
  const root = rootField(inputs);
  const record = member(root, "workload");
  if (isMap(record.value)) return { workloads: [workloadFromRecord(inputs, record, identity)], missing: [] };
  for (const [key, kind] of Object.entries(RESOURCE_KINDS)) {
    const { value } = member(root, key);
    if (isMap(value) && !isUnknown(value))
      return { workloads: [readObject(kind, value, inputs, identity)], missing: [] };
  }
  const how = "pass a plain record as `workload`, or check the whole stack";
  return {
    workloads: [],
    missing: [{ what: "workload", detail: `the workload of ${identity.name} is not known yet`, how }],
  };
}

function workloadFromRecord(inputs: ComponentInputs, record: Field, identity: ComponentIdentity): Workload {
  const of = (key: string) => member(record, key).value;
  const labels = of("labels");
  const kind = of("kind");
  return readObject(
    typeof kind === "string" ? kind : "Deployment",
    {
      metadata: { name: of("name") ?? identity.name, namespace: inputs.namespace },
      spec: present({
        replicas: of("replicas"),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: of("spec") ?? {} },
      }),
    },
    inputs,
    identity,
  );
}

function readObject(
  kind: string,
  object: Readonly<Record<string, unknown>>,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
): Workload {
  const field = rootField(object);
  const name = text(member(member(field, "metadata"), "name")) ?? identity.name;
  const namespace = text(member(member(field, "metadata"), "namespace")) ?? namespaceOf(inputs);
  const ref = present({ kind, namespace, name });
  return readWorkload({ ref, group: "apps", field, notes: notes() }).workload;
}
