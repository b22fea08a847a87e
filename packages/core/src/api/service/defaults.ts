import { isUnknown, mapKnown, type Knowable } from "../../model";
import { amended } from "./absent";
import { externallyAccessible } from "./service-facts";
import type {
  LoadBalancerIngress,
  ServiceObject,
  ServicePortObject,
  ServiceStatus,
  SessionAffinityConfig,
} from "./service-object";
import { and, decide, isOneOf, type Truth } from "./truth";

/** `v1.DefaultClientIPServiceAffinitySeconds`: three hours. */
const CLIENT_IP_TIMEOUT_SECONDS = 10_800;

/**
 * Defaulting of v1, which happens on every write before anything is allocated or validated
 * (k/k pkg/apis/core/v1/defaults.go SetDefaults_Service; the same in 1.30 to 1.36).
 * A default that hangs on an unknown is that unknown.
 */
export function withDefaults({ spec: written, status, ...rest }: ServiceObject): ServiceObject {
  const type = written.type ?? "ClusterIP";
  const sessionAffinity = written.sessionAffinity ?? "None";
  const reach = { spec: { type, externalIPs: written.externalIPs } };
  const spec = amended(written, {
    type,
    sessionAffinity,
    ports: mapKnown(written.ports, (ports) => ports?.map(portWithDefaults)),
    sessionAffinityConfig: affinityConfig(sessionAffinity, written.sessionAffinityConfig),
    externalTrafficPolicy: written.externalTrafficPolicy ?? onlyIf(externallyAccessible(reach), "Cluster"),
    internalTrafficPolicy:
      written.internalTrafficPolicy ??
      onlyIf(isOneOf(type, "ClusterIP", "NodePort", "LoadBalancer"), "Cluster"),
    allocateLoadBalancerNodePorts:
      written.allocateLoadBalancerNodePorts ?? onlyIf(isOneOf(type, "LoadBalancer"), true),
  });
  return { ...rest, spec, status: statusWithDefaults(type, status) };
}

function onlyIf<T>(truth: Truth, value: T): Knowable<T> | undefined {
  return decide<Knowable<T> | undefined>(
    truth,
    () => value,
    () => undefined,
    (what) => what,
  );
}

function portWithDefaults(port: ServicePortObject): ServicePortObject {
  const { targetPort } = port;
  const unset = targetPort === undefined || targetPort === 0 || targetPort === "";
  return amended(port, {
    protocol: port.protocol ?? "TCP",
    targetPort: unset ? (port.port ?? 0) : targetPort,
  });
}

/** The whole configuration is replaced if any part of it is missing. */
function affinityConfig(
  affinity: Knowable<string>,
  config: Knowable<SessionAffinityConfig> | undefined,
): Knowable<SessionAffinityConfig> | undefined {
  if (affinity === "None") return undefined;
  if (isUnknown(config)) return config;
  if (isUnknown(affinity)) return config ?? affinity;
  if (affinity !== "ClientIP") return config;
  const clientIP = config?.clientIP;
  const timeout = isUnknown(clientIP) ? clientIP : clientIP?.timeoutSeconds;
  return timeout === undefined ? { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } } : config;
}

/** An address of a LoadBalancer is taken by kube-proxy (`VIP`) unless its controller said otherwise. */
function statusWithDefaults(type: Knowable<string>, status: ServiceStatus): ServiceStatus {
  const withMode = (entry: LoadBalancerIngress): LoadBalancerIngress =>
    entry.ipMode !== undefined || entry.ip === undefined
      ? entry
      : amended(entry, {
          ipMode: onlyIf(and(isOneOf(type, "LoadBalancer"), isUnknown(entry.ip) ? entry.ip : true), "VIP"),
        });
  const balancer: typeof status.loadBalancer = mapKnown(status.loadBalancer, (known) =>
    known?.ingress === undefined
      ? known
      : { ...known, ingress: mapKnown(known.ingress, (entries) => entries.map(withMode)) },
  );
  return balancer === undefined ? status : { ...status, loadBalancer: balancer };
}
