import { aws } from "@evenkeel/core/balancers";
import { UNMANAGED_CLASS, type ObjectRef, type Service } from "@evenkeel/core/model";
import { readService } from "../kubernetes/service";
import { elements, isMap, member, notes, rootField } from "../reading/field";
import { present } from "../reading/present";
import {
  isControllerOwned,
  namespaceOf,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "./component-inputs";

/** The two settings that `Auto` chooses; as written, so anything may stand there. */
export interface Policy {
  readonly externalTrafficPolicy: unknown;
  readonly trafficDistribution: unknown;
}

/** The Service that a component creates, as stored. */
export function serviceOf(
  kind: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  { externalTrafficPolicy, trafficDistribution }: Policy,
  kubernetesVersion: string | undefined,
): Service {
  const ref = serviceRef(inputs, identity);
  const isLocal = externalTrafficPolicy === "Local";
  const object = {
    apiVersion: "v1",
    kind: "Service",
    metadata: present({
      name: ref.name,
      namespace: ref.namespace,
      labels: inputs.labels,
      annotations: inputs.annotations,
    }),
    spec: present({
      type: "LoadBalancer",
      loadBalancerClass: isControllerOwned(inputs) ? aws.LBC_CLASS : UNMANAGED_CLASS,
      // Behind pods nobody uses node ports, and the cluster has only so many.
      allocateLoadBalancerNodePorts: kind.targets === "instance",
      externalTrafficPolicy,
      healthCheckNodePort: isLocal ? inputs.healthCheckNodePort : undefined,
      internalTrafficPolicy: inputs.internalTrafficPolicy,
      trafficDistribution,
      sessionAffinity: inputs.sessionAffinity,
      selector: inputs.selector ?? podLabelsOf(inputs),
      ports: portsOf(inputs),
    }),
  };
  return readService(
    { ref, group: "", field: rootField(object), notes: notes() },
    present({ kubernetesVersion }),
  ).service;
}

export function serviceRef(inputs: ComponentInputs, { name }: ComponentIdentity): ObjectRef {
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

/** The Service selects the pods of the workload that the component was given. */
function podLabelsOf({ workload, deployment, statefulSet, daemonSet }: ComponentInputs): unknown {
  if (isMap(workload)) return workload.labels;
  const resource = [deployment, statefulSet, daemonSet].find(isMap);
  const spec = resource && isMap(resource.spec) ? resource.spec : undefined;
  return spec && isMap(spec.selector) ? spec.selector.matchLabels : undefined;
}
