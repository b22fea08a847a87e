import { UNMANAGED_CLASS, type ObjectRef, type Service } from "@evenkeel/core/model";
import { CONTROLLER_CLASS } from "../aws/component-front";
import { readService } from "../kubernetes/service";
import { elements, member, notes, rootField } from "../reading/field";
import { present } from "../reading/present";
import {
  isControllerOwned,
  namespaceOf,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "./component-inputs";
import { podLabelsOf } from "./component-workload";

/** The settings among which `Auto` chooses; as written, so anything may stand there. */
export interface Policy {
  /** Absent on a Service that nothing outside reaches: the API server refuses it there. */
  readonly externalTrafficPolicy?: unknown;
  readonly internalTrafficPolicy: unknown;
  readonly trafficDistribution: unknown;
}

/** The Service object that a component asks the API server for, as far as it matters to traffic. */
export function writtenService(
  kind: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  { externalTrafficPolicy, internalTrafficPolicy, trafficDistribution }: Policy,
): Readonly<Record<string, unknown>> {
  const { name, namespace } = serviceRef(inputs, identity);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: present({ name, namespace, labels: inputs.labels, annotations: inputs.annotations }),
    spec: present({
      ...reach(kind, inputs),
      externalTrafficPolicy,
      // Only a Local Service has the port; the API server refuses it on any other.
      healthCheckNodePort: externalTrafficPolicy === "Local" ? inputs.healthCheckNodePort : undefined,
      internalTrafficPolicy,
      trafficDistribution: trafficDistribution ?? undefined,
      sessionAffinity: inputs.sessionAffinity,
      selector: inputs.selector ?? podLabelsOf(inputs),
      ports: portsOf(inputs),
    }),
  };
}

/** From where it can be called. */
function reach({ targets }: ComponentKind, inputs: ComponentInputs): object {
  if (targets === "none") return { type: "ClusterIP" };
  return {
    type: "LoadBalancer",
    loadBalancerClass: isControllerOwned(inputs) ? CONTROLLER_CLASS : UNMANAGED_CLASS,
    // Behind pods nobody uses node ports, and the cluster has only so many.
    allocateLoadBalancerNodePorts: targets === "instance",
  };
}

/** The same as stored. */
export function storedService(
  written: Readonly<Record<string, unknown>>,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  kubernetesVersion: string | undefined,
): Service {
  const opened = {
    ref: serviceRef(inputs, identity),
    group: "",
    field: rootField(written),
    notes: notes(),
  };
  return readService(opened, present({ kubernetesVersion })).service;
}

function serviceRef(inputs: ComponentInputs, { name }: ComponentIdentity): ObjectRef {
  const { serviceName } = inputs;
  return present({
    kind: "Service",
    namespace: namespaceOf(inputs),
    name: typeof serviceName === "string" ? serviceName : name,
  });
}

function portsOf(inputs: ComponentInputs): readonly object[] {
  return elements(member(rootField(inputs), "ports")).map((port) => {
    const of = (key: string) => member(port, key).value;
    return present({
      name: of("name"),
      protocol: "TCP",
      port: of("port"),
      targetPort: of("targetPort") ?? of("targetPortName"),
      nodePort: of("nodePort"),
    });
  });
}
