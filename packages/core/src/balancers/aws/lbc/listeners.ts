import { given, isUnknown, mapKnown, type Service, type ServicePort } from "../../../model";
import { annotatedMap, annotation, annotationPlace, AWS } from "../annotations";
import { preservesClientAddressOf, proxyProtocolOf } from "../attributes";
import type { BuiltListener, BuiltLoadBalancer } from "../built";
import { parseBool } from "../../go-values";
import { refuse } from "../refusal";
import { lbcHealthCheck } from "./health-check";
import { protocolsOf, requireTlsPorts } from "./protocols";
import type { LbcSettings } from "./settings";
import { lbcTargetGroupAttributes } from "./target-group-attributes";
import { targetPortOf, targetTypeOf } from "./target-type";

interface IndexedPort {
  readonly port: ServicePort;
  readonly index: number;
}

/**
 * One listener for each port number. With TCP and UDP on one number, both are merged if the option is on; otherwise the first entry
 * of `spec.ports` wins and the other silently gets nothing (measured on the controller's own code).
 */
export function lbcListeners(
  service: Service,
  settings: LbcSettings,
): Pick<BuiltLoadBalancer, "listeners" | "left"> {
  requireTlsPorts(service);
  const merge = mergesTcpAndUdp(service, settings);
  const groups = byNumber(service.ports);
  const listeners = groups.map((group) => listenerOf(service, group, merge, settings));
  const left = groups.flatMap(([first, ...others]) =>
    merge
      ? []
      : others.map(({ port }) => ({
          port,
          reason: `${String(first.port.protocol)} on the same port comes first and takes the listener; ${AWS.tcpUdpListener} would merge both`,
        })),
  );
  return { listeners, left };
}

type Group = readonly [IndexedPort, ...IndexedPort[]];

/** Ports whose number is not known stand alone. */
function byNumber(ports: readonly ServicePort[]): readonly Group[] {
  const groups = new Map<unknown, [IndexedPort, ...IndexedPort[]]>();
  ports.forEach((port, index) => {
    const group = groups.get(port.port);
    if (group) group.push({ port, index });
    else groups.set(isUnknown(port.port) ? port : port.port, [{ port, index }]);
  });
  return [...groups.values()];
}

/** A value that is no boolean counts as absent here. shouldUseTCPUDP. */
function mergesTcpAndUdp(service: Service, settings: LbcSettings): boolean {
  const raw = annotation(service, AWS.tcpUdpListener);
  const asked = raw === undefined || isUnknown(raw) ? undefined : parseBool(raw);
  return asked ?? settings.tcpUdpListeners ?? false;
}

function listenerOf(service: Service, group: Group, merge: boolean, settings: LbcSettings): BuiltListener {
  const [{ port, index }, ...others] = group;
  const merged = merge && others.length > 0;
  if (merged) requireTcpAndUdp(service, group);
  const { listener, targetGroup } = protocolsOf(service, port, index, merged);
  const targets = targetTypeOf(service, port, settings);
  const healthCheck = lbcHealthCheck(service, targets.value, settings);
  const attributes = lbcTargetGroupAttributes(service, port, targets.value, targetGroup.value);
  const attributesPlace = annotationPlace(service, AWS.targetGroupAttributes);
  const targetPort = targetPortOf(service, port, index, targets.value);
  const nodeSelector = targets.value === "ip" ? undefined : lbcNodeSelector(service);
  requireListenerAnnotations(service, port, listener.value);
  return {
    servicePort: port.port,
    protocol: listener,
    port: given(port.port, { resource: service.ref, path: `spec.ports[${index}].port` }),
    targetGroup: {
      protocol: targetGroup,
      targets,
      port: targetPort,
      healthCheck,
      ...(nodeSelector ? { nodeSelector } : {}),
      attributes,
      proxyProtocol: proxyProtocolOf(attributes, attributesPlace),
      preservesClientAddress: preservesClientAddressOf(attributes, attributesPlace),
    },
  };
}

/** `pkg/service/model_build_target_group.go` buildTargetGroupBindingNodeSelector: IP targets do not read it. */
function lbcNodeSelector(service: Service): BuiltListener["targetGroup"]["nodeSelector"] {
  const labels = annotatedMap(service, AWS.targetNodeLabels);
  if (labels === undefined || (!isUnknown(labels) && Object.keys(labels).length === 0)) return undefined;
  return given(
    mapKnown(labels, (matchLabels) => ({ matchLabels })),
    annotationPlace(service, AWS.targetNodeLabels),
  );
}

function requireTcpAndUdp(service: Service, group: Group): void {
  const protocols = group.map(({ port }) => port.protocol);
  if (protocols.some((protocol) => isUnknown(protocol))) return;
  const isPair = protocols.length === 2 && protocols.includes("TCP") && protocols.includes("UDP");
  const at = { resource: service.ref, path: `spec.ports[${group[0].index}].protocol` };
  if (!isPair) refuse("portProtocol", at, protocols.join(", "), "one TCP and one UDP port to merge");
}

const ALPN_POLICIES = ["None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"];

/** Annotations that only a listener reads, and that refuse the Service if they are malformed. */
function requireListenerAnnotations(
  service: Service,
  port: ServicePort,
  protocol: BuiltListener["protocol"]["value"],
): void {
  if (isUnknown(protocol) || isUnknown(port.port)) return;
  const alpn = annotation(service, AWS.alpnPolicy);
  if (protocol === "TLS" && typeof alpn === "string" && !ALPN_POLICIES.includes(alpn)) {
    refuse("alpnPolicy", annotationPlace(service, AWS.alpnPolicy), alpn, ALPN_POLICIES.join(", "));
  }
  annotatedMap(service, `${AWS.listenerAttributes}.${protocol}-${port.port}`);
}
