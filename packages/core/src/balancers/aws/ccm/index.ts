import {
  byDefault,
  given,
  isUnknown,
  mapKnown,
  unknownAt,
  type Knowable,
  type LabelSelector,
  type Scheme,
  type Service,
  type ServicePort,
  type Setting,
} from "../../../model";
import { annotatedList, annotatedBool, annotation, annotationPlace, AWS } from "../annotations";
import {
  CROSS_ZONE,
  givenAttributes,
  loadBalancerDefaults,
  PRESERVE_CLIENT_IP,
  preservesClientAddressOf,
  PROXY_PROTOCOL_V2,
  proxyProtocolOf,
  targetGroupDefaults,
  unknownAttributes,
  type Attributes,
} from "../attributes";
import type { BuiltListener, BuiltLoadBalancer } from "../built";
import { orRefusal, refuse, type Outcome } from "../refusal";
import { asSent, ccmHealthCheck } from "./health-check";
import type { CcmSettings } from "./settings";

export { ccmHealthCheck } from "./health-check";
export type { CcmSettings } from "./settings";

/**
 * The NLB that cloud-provider-aws builds for a Service that it takes (`awsClaim`), or why it refuses: always instance targets, on
 * the internet unless told otherwise. `pkg/providers/v1/aws.go` EnsureLoadBalancer and `aws_loadbalancer.go`, of July 2026.
 */
export function ccmBuild(service: Service, settings: CcmSettings = {}): Outcome<BuiltLoadBalancer> {
  return orRefusal(() => {
    const targetGroup = ccmTargetGroupAttributes(service);
    requireService(service);
    const computed = ccmHealthCheck(service, settings);
    const withNodePort = service.ports
      .map((port, index) => ({ port, index }))
      .filter(({ port }) => (port.nodePort ?? 0) !== 0);
    return {
      scheme: ccmScheme(service),
      attributes: {
        ...loadBalancerDefaults(annotationPlace(service, AWS.crossZone)),
        ...ccmCrossZone(service),
      },
      listeners: withNodePort.map(({ port, index }) =>
        listenerOf(service, port, index, asSent(computed, service), targetGroup),
      ),
      left: service.ports
        .filter(({ nodePort = 0 }) => nodePort === 0)
        .map((port) => ({ port, reason: "it has no node port" })),
    };
  });
}

function requireService(service: Service): void {
  const affinity = service.sessionAffinity;
  if (affinity === "ClientIP") {
    refuse("affinity", { resource: service.ref, path: "spec.sessionAffinity" }, affinity, "None");
  }
  const protocols = new Set(
    service.ports.map(({ protocol }) => protocol).filter((protocol) => !isUnknown(protocol)),
  );
  const at = { resource: service.ref, path: "spec.ports" };
  if (protocols.has("SCTP")) refuse("portProtocol", at, "SCTP", "TCP or UDP");
  if (protocols.size > 1) refuse("portProtocol", at, [...protocols].join(", "), "one protocol for all ports");
}

/** Any value but `false` and the empty one makes it internal, `0` and `no` included. */
function ccmScheme(service: Service): Setting<Scheme> {
  const at = annotationPlace(service, AWS.internal);
  const raw = annotation(service, AWS.internal);
  if (raw === undefined) return byDefault("internet-facing", at);
  if (isUnknown(raw)) return given<Scheme>(unknownAt(at.path, raw.origin), at);
  return given(raw === "" || raw === "false" ? "internet-facing" : "internal", at);
}

function ccmCrossZone(service: Service): Attributes {
  const crossZone = annotatedBool(service, AWS.crossZone, false);
  return crossZone.by === "given" ? { [CROSS_ZONE]: crossZone } : {};
}

const SETTABLE = new Set([PRESERVE_CLIENT_IP, PROXY_PROTOCOL_V2]);

/** Two attributes only, each `true` or `false`; anything else refuses the Service. `aws_validations.go`. */
function ccmTargetGroupAttributes(service: Service): Attributes {
  const at = annotationPlace(service, AWS.targetGroupAttributes);
  const raw = annotation(service, AWS.targetGroupAttributes);
  if (raw === undefined) return {};
  if (isUnknown(raw))
    return unknownAttributes(
      Object.fromEntries([...SETTABLE].map((name) => [name, byDefault(false, at)])),
      at,
    );
  const written = pairs(raw);
  for (const [name, value] of Object.entries(written)) {
    if (!SETTABLE.has(name)) refuse("attribute", at, name, [...SETTABLE].join(" or "));
    if (value !== "true" && value !== "false")
      refuse("attribute", at, `${name}=${value}`, `${name}=true or ${name}=false`);
    if (
      name === PRESERVE_CLIENT_IP &&
      value === "false" &&
      service.ports.some(({ protocol }) => protocol === "UDP")
    ) {
      refuse("attribute", at, `${name}=false`, `${name}=true, since a port is UDP`);
    }
  }
  return givenAttributes(written, at);
}

/** `getKeyValuePropertiesFromAnnotation`: split at commas and at every `=`, of which the second part counts. */
function pairs(raw: string): Readonly<Record<string, string>> {
  const parts = raw
    .trim()
    .split(",")
    .map((part) => part.trim().split("="));
  return Object.fromEntries(parts.flatMap(([name = "", value = ""]) => (name === "" ? [] : [[name, value]])));
}

function listenerOf(
  service: Service,
  port: ServicePort,
  index: number,
  healthCheck: BuiltListener["targetGroup"]["healthCheck"],
  written: Attributes,
): BuiltListener {
  const place = (field: string) => ({ resource: service.ref, path: `spec.ports[${index}].${field}` });
  const at = annotationPlace(service, AWS.targetGroupAttributes);
  const { listener, targetGroup } = protocolsOf(service, port, index);
  const nodeSelector = ccmNodeSelector(service);
  const attributes = { ...targetGroupDefaults("instance", targetGroup.value, at), ...written };
  return {
    servicePort: port.port,
    protocol: listener,
    port: given(port.port, place("port")),
    targetGroup: {
      protocol: targetGroup,
      targets: byDefault("instance", annotationPlace(service, AWS.type)),
      port: given(port.nodePort ?? 0, place("nodePort")),
      healthCheck,
      ...(nodeSelector ? { nodeSelector } : {}),
      attributes,
      proxyProtocol: proxyProtocolOf(attributes, at),
      preservesClientAddress: preservesClientAddressOf(attributes, at),
    },
  };
}

/** A node must have every label. `pkg/providers/v1/aws_loadbalancer.go` filterTargetNodes. */
function ccmNodeSelector(service: Service): BuiltListener["targetGroup"]["nodeSelector"] {
  const at = annotationPlace(service, AWS.targetNodeLabels);
  const raw = annotation(service, AWS.targetNodeLabels);
  if (raw === undefined) return undefined;
  if (isUnknown(raw)) return given<LabelSelector>(unknownAt(at.path, raw.origin), at);
  const matchLabels = pairs(raw);
  return Object.keys(matchLabels).length === 0 ? undefined : given({ matchLabels }, at);
}

/** TLS with a certificate, on the listed ports or, unlike the other controller, on all with `*` too. */
function protocolsOf(
  service: Service,
  port: ServicePort,
  index: number,
): { listener: Setting<string>; targetGroup: Setting<string> } {
  const own = given<string>(port.protocol, { resource: service.ref, path: `spec.ports[${index}].protocol` });
  const certificate = annotation(service, AWS.certificate) ?? "";
  if (certificate === "" || port.protocol === "UDP") return { listener: own, targetGroup: own };
  const at = annotationPlace(service, AWS.certificate);
  const tls = endsTls(service, port, certificate);
  const backend = annotation(service, AWS.backendProtocol) ?? "";
  const backendPlace = annotationPlace(service, AWS.backendProtocol);
  return {
    listener: given<string>(
      mapKnown(tls, (yes) => (yes ? "TLS" : own.value)),
      at,
    ),
    targetGroup: given<string>(
      mapKnown(tls, (yes) =>
        yes ? mapKnown(backend, (name) => (name === "ssl" ? "TLS" : own.value)) : own.value,
      ),
      backendPlace,
    ),
  };
}

function endsTls(service: Service, port: ServicePort, certificate: Knowable<string>): Knowable<boolean> {
  const listed = annotation(service, AWS.tlsPorts) ?? "";
  const ports = annotatedList(service, AWS.tlsPorts) ?? [];
  for (const part of [certificate, listed, ports, port.protocol, port.port]) if (isUnknown(part)) return part;
  if (listed === "" || listed === "*" || isUnknown(ports)) return true;
  return ports.includes(port.name) || ports.includes(String(port.port));
}
