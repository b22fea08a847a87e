import type { Protocol, Service } from "@evenkeel/core/model";

/** A Service of the recordings, with the fields that our model reads. */
export interface ServiceObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly type?: Service["type"];
    readonly clusterIP?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly PortObject[];
    readonly externalTrafficPolicy?: Service["externalTrafficPolicy"];
    readonly internalTrafficPolicy?: Service["internalTrafficPolicy"];
    readonly healthCheckNodePort?: number;
    readonly allocateLoadBalancerNodePorts?: boolean;
    readonly loadBalancerClass?: string;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly sessionAffinity?: "None" | "ClientIP";
    readonly ipFamilies?: readonly string[];
  };
}

interface PortObject {
  readonly name?: string;
  readonly protocol?: Protocol;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

// The API server never stores this, so our record has no word for it.
const NO_PROTOCOL = "" as Protocol;

/**
 * The Service as the controller holds it: taken as it stands, because many of the recorded ones would not pass the API server and
 * the controller reads them all the same. What is missing has Go's zero value, as it has there.
 */
export function serviceOf({ metadata, spec }: ServiceObject): Service {
  return {
    ref: { kind: "Service", namespace: metadata.namespace ?? "default", name: metadata.name },
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    type: spec.type ?? "ClusterIP",
    headless: spec.clusterIP === "None",
    ...(spec.selector ? { selector: spec.selector } : {}),
    ports: (spec.ports ?? []).map(
      ({ name = "", protocol = NO_PROTOCOL, port, targetPort = 0, nodePort }) => ({
        name,
        protocol,
        port,
        targetPort,
        ...(nodePort === undefined ? {} : { nodePort }),
      }),
    ),
    internalTrafficPolicy: spec.internalTrafficPolicy ?? "Cluster",
    loadBalancerSourceRanges: spec.loadBalancerSourceRanges ?? [],
    sessionAffinity: spec.sessionAffinity ?? "None",
    publishNotReadyAddresses: false,
    externalIPs: [],
    ingress: [],
    ...optional("externalTrafficPolicy", spec.externalTrafficPolicy),
    ...optional("healthCheckNodePort", spec.healthCheckNodePort),
    ...optional("allocateLoadBalancerNodePorts", spec.allocateLoadBalancerNodePorts),
    ...optional("loadBalancerClass", spec.loadBalancerClass),
    ...optional("ipFamilies", spec.ipFamilies),
  };
}

function optional<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  // One entry of the name given.
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}
