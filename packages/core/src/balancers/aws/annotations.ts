import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type Knowable,
  type Place,
  type Service,
  type Setting,
} from "../../model";
import { parseBool, parseInt32, parseStringList, parseStringMap } from "../go-values";
import { refuse } from "./refusal";

/** Prefix of the annotations that AWS Load Balancer Controller and cloud-provider-aws read on a Service. */
export const AWS_PREFIX = "service.beta.kubernetes.io/";

/** Suffixes by the word used here. AWS Load Balancer Controller `pkg/annotations/constants.go`. */
export const AWS = Object.freeze({
  accessLogEnabled: "aws-load-balancer-access-log-enabled",
  accessLogBucket: "aws-load-balancer-access-log-s3-bucket-name",
  accessLogPrefix: "aws-load-balancer-access-log-s3-bucket-prefix",
  addressType: "aws-load-balancer-ip-address-type",
  alpnPolicy: "aws-load-balancer-alpn-policy",
  attributes: "aws-load-balancer-attributes",
  backendProtocol: "aws-load-balancer-backend-protocol",
  capacity: "aws-load-balancer-minimum-load-balancer-capacity",
  certificate: "aws-load-balancer-ssl-cert",
  crossZone: "aws-load-balancer-cross-zone-load-balancing-enabled",
  elasticAddresses: "aws-load-balancer-eip-allocations",
  extraSecurityGroups: "aws-load-balancer-extra-security-groups",
  healthyThreshold: "aws-load-balancer-healthcheck-healthy-threshold",
  healthCheckInterval: "aws-load-balancer-healthcheck-interval",
  healthCheckPath: "aws-load-balancer-healthcheck-path",
  healthCheckPort: "aws-load-balancer-healthcheck-port",
  healthCheckProtocol: "aws-load-balancer-healthcheck-protocol",
  healthCheckTimeout: "aws-load-balancer-healthcheck-timeout",
  internal: "aws-load-balancer-internal",
  ipv6Addresses: "aws-load-balancer-ipv6-addresses",
  ipv6SourceNat: "aws-load-balancer-enable-prefix-for-ipv6-source-nat",
  listenerAttributes: "aws-load-balancer-listener-attributes",
  manageBackendRules: "aws-load-balancer-manage-backend-security-group-rules",
  multiCluster: "aws-load-balancer-multi-cluster-target-group",
  name: "aws-load-balancer-name",
  disableSecurityGroup: "aws-load-balancer-disable-nlb-sg",
  privateAddresses: "aws-load-balancer-private-ipv4-addresses",
  privateLinkRules: "aws-load-balancer-inbound-sg-rules-on-private-link-traffic",
  proxyProtocol: "aws-load-balancer-proxy-protocol",
  proxyProtocolPerTargetGroup: "aws-load-balancer-proxy-protocol-per-target-group",
  quicPorts: "aws-load-balancer-quic-enabled-ports",
  scheme: "aws-load-balancer-scheme",
  securityGroups: "aws-load-balancer-security-groups",
  sourceRanges: "load-balancer-source-ranges",
  subnets: "aws-load-balancer-subnets",
  successCodes: "aws-load-balancer-healthcheck-success-codes",
  tags: "aws-load-balancer-additional-resource-tags",
  targetGroupAttributes: "aws-load-balancer-target-group-attributes",
  targetNodeLabels: "aws-load-balancer-target-node-labels",
  targetType: "aws-load-balancer-nlb-target-type",
  tcpUdpListener: "aws-load-balancer-enable-tcp-udp-listener",
  tlsPorts: "aws-load-balancer-ssl-ports",
  type: "aws-load-balancer-type",
  unhealthyThreshold: "aws-load-balancer-healthcheck-unhealthy-threshold",
});

/** The value as written; undefined where the Service does not carry the annotation. */
export function annotation(service: Service, suffix: string): Knowable<string> | undefined {
  const { key } = spelt(suffix);
  return Object.hasOwn(service.annotations, key) ? service.annotations[key] : undefined;
}

/** Where the annotation is written, or would be. */
export function annotationPlace(service: Service, suffix: string): Place {
  return { resource: service.ref, path: spelt(suffix).path };
}

interface Spelling {
  readonly key: string;
  readonly path: string;
}

/** Put together once for each suffix: every Service is asked for most of them. */
const SPELLINGS = new Map<string, Spelling>();

function spelt(suffix: string): Spelling {
  const known = SPELLINGS.get(suffix);
  if (known) return known;
  const key = AWS_PREFIX + suffix;
  const spelling = { key, path: `metadata.annotations["${key}"]` };
  SPELLINGS.set(suffix, spelling);
  return spelling;
}

/** True if any annotation of the provider is there. */
export function hasAwsAnnotation(service: Service): boolean {
  return Object.keys(service.annotations).some((key) => key.startsWith(`${AWS_PREFIX}aws-load-balancer-`));
}

/** The setting that an annotation makes: its parsed value, or else the fallback as a default written at the same place. */
export function annotated<T>(
  service: Service,
  suffix: string,
  fallback: Knowable<T>,
  parse: (raw: string) => Knowable<T>,
): Setting<T> {
  const at = annotationPlace(service, suffix);
  const raw = annotation(service, suffix);
  if (raw === undefined) return byDefault(fallback, at);
  return given(isUnknown(raw) ? unknownAt(at.path, raw.origin) : parse(raw), at);
}

/** A number as the controller parses it (`strconv.ParseInt`, 32 bit); what is none refuses the Service. */
export function annotatedInt32(
  service: Service,
  suffix: string,
  fallback: Knowable<number>,
): Setting<number> {
  return annotated(service, suffix, fallback, (raw) => {
    const parsed = parseInt32(raw);
    return parsed ?? refuse("number", annotationPlace(service, suffix), raw, "a whole number of 32 bits");
  });
}

/** A boolean as the controller parses it (`strconv.ParseBool`). */
export function annotatedBool(
  service: Service,
  suffix: string,
  fallback: Knowable<boolean>,
): Setting<boolean> {
  return annotated(service, suffix, fallback, (raw) => {
    const parsed = parseBool(raw);
    return parsed ?? refuse("boolean", annotationPlace(service, suffix), raw, "true or false");
  });
}

/** `k=v,k=v` as the controller parses it. */
export function annotatedMap(
  service: Service,
  suffix: string,
): Knowable<Readonly<Record<string, string>>> | undefined {
  const raw = annotation(service, suffix);
  const at = annotationPlace(service, suffix);
  if (raw === undefined) return undefined;
  if (isUnknown(raw)) return unknownAt(at.path, raw.origin);
  return parseStringMap(raw) ?? refuse("map", at, raw, "key=value pairs separated by commas");
}

/** Comma-separated; blanks and empty entries dropped. */
export function annotatedList(service: Service, suffix: string): Knowable<readonly string[]> | undefined {
  const raw = annotation(service, suffix);
  if (raw === undefined) return undefined;
  return isUnknown(raw) ? unknownAt(annotationPlace(service, suffix).path, raw.origin) : parseStringList(raw);
}
