import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type Knowable,
  type Service,
  type ServicePort,
  type Setting,
  type TargetKind,
} from "../../../model";
import { annotatedMap, annotation, annotationPlace, AWS } from "../annotations";
import {
  givenAttributes,
  PRESERVE_CLIENT_IP,
  PROXY_PROTOCOL_V2,
  targetGroupDefaults,
  unknownAttributes,
  type Attributes,
} from "../attributes";
import { parseBool, parseInt64, trimSpace } from "../../go-values";
import { refuse } from "../refusal";

/**
 * Attributes of one port's target group: AWS's defaults, the annotation for all ports, the one for this port (where an empty value
 * keeps the other), and the two proxy-protocol annotations over all.
 * `pkg/service/model_build_target_group.go` buildTargetGroupAttributes.
 */
export function lbcTargetGroupAttributes(
  service: Service,
  port: ServicePort,
  targets: Knowable<TargetKind>,
  protocol: Knowable<string>,
): Attributes {
  const at = annotationPlace(service, AWS.targetGroupAttributes);
  const defaults = targetGroupDefaults(targets, protocol, at);
  const forAll = written(service, AWS.targetGroupAttributes, defaults, () => true);
  const forPort = isUnknown(port.port)
    ? {}
    : written(service, `${AWS.targetGroupAttributes}.${port.port}`, defaults, (value) => value !== "");
  const merged = { ...defaults, ...forAll, ...forPort };
  // An empty value is not sent for this one, which leaves the default.
  if (merged[PROXY_PROTOCOL_V2]?.value === "") merged[PROXY_PROTOCOL_V2] = byDefault(false, at);
  const proxy = proxyOverride(service, port);
  return proxy ? { ...merged, [PROXY_PROTOCOL_V2]: proxy } : merged;
}

function written(
  service: Service,
  suffix: string,
  names: Attributes,
  counts: (value: string) => boolean,
): Attributes {
  const at = annotationPlace(service, suffix);
  const map = annotatedMap(service, suffix);
  if (map === undefined) return {};
  if (isUnknown(map)) return unknownAttributes(names, at);
  const preserve = map[PRESERVE_CLIENT_IP];
  if (preserve !== undefined && parseBool(preserve) === undefined) {
    refuse("attribute", at, `${PRESERVE_CLIENT_IP}=${preserve}`, `${PRESERVE_CLIENT_IP}=true or false`);
  }
  return givenAttributes(Object.fromEntries(Object.entries(map).filter(([, value]) => counts(value))), at);
}

/** `*` on the one annotation means all ports; the other lists port numbers and switches every port that it omits off. */
function proxyOverride(service: Service, port: ServicePort): Setting<boolean> | undefined {
  const perPort = perTargetGroup(service, port);
  const at = annotationPlace(service, AWS.proxyProtocol);
  const all = annotation(service, AWS.proxyProtocol);
  if (all === undefined) return perPort;
  if (isUnknown(all)) return given<boolean>(unknownAt(at.path, all.origin), at);
  return all === "*" ? given(true, at) : refuse("proxyProtocol", at, all, '"*", the only value');
}

function perTargetGroup(service: Service, { port }: ServicePort): Setting<boolean> | undefined {
  const at = annotationPlace(service, AWS.proxyProtocolPerTargetGroup);
  const raw = annotation(service, AWS.proxyProtocolPerTargetGroup);
  if (raw === undefined) return undefined;
  if (isUnknown(raw)) return given<boolean>(unknownAt(at.path, raw.origin), at);
  const ports = raw
    .split(",")
    .map(trimSpace)
    .filter((part) => part !== "");
  for (const part of ports) {
    if (parseInt64(part) === undefined) refuse("proxyProtocol", at, part, "numbers of Service ports");
  }
  return given(isUnknown(port) ? unknownAt(at.path, port.origin) : ports.includes(String(port)), at);
}
