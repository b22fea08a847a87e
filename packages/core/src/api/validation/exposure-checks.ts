import { isUnknown, mapKnown } from "../../model";
import { wrongWithCIDR, wrongWithEndpointIP, wrongWithIP } from "../ip/addresses";
import { each, ifGiven, ifTrue, type Check } from "../answer/check";
import { knownStrings } from "./cluster-ips";
import { forbidden, goNamed, goPlain, goString, invalid, notSupported } from "../answer/field-error";
import { trimSpace } from "../answer/go-text";
import { wrongWithPortNumber, wrongWithQualifiedName } from "../metadata/names";
import { acceptedTrafficDistributions, type ApiTraits } from "../../releases";
import { externallyAccessible, needsHealthCheck } from "../service/service-facts";
import type { ServiceObject } from "../service/service-object";
import { isOneOf, not } from "../service/truth";

const SOURCE_RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";
export const TOPOLOGY_MODE_ANNOTATION = "service.kubernetes.io/topology-mode";
export const TOPOLOGY_HINTS_ANNOTATION = "service.kubernetes.io/topology-aware-hints";

/** `v1.MaxClientIPServiceAffinitySeconds`: a day. The server says "less than" and accepts it. */
const CLIENT_IP_MAX_SECONDS = 86_400;
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";
const POLICIES = ["Cluster", "Local"] as const;

/** The two spellings of one annotation agree. */
export function topologyAnnotationChecks({ metadata }: ServiceObject): readonly Check[] {
  const path = `metadata.annotations[${TOPOLOGY_MODE_ANNOTATION}]`;
  return ifGiven(metadata.annotations, path, (annotations) =>
    ifGiven(own(annotations, TOPOLOGY_MODE_ANNOTATION), path, (mode) =>
      ifGiven(own(annotations, TOPOLOGY_HINTS_ANNOTATION), path, (hints) => {
        const message = `must match annotations[${TOPOLOGY_HINTS_ANNOTATION}] when both are specified`;
        return mode === hints ? [] : [invalid(path, goString(mode), message)];
      }),
    ),
  );
}

export function sessionAffinityChecks({ spec }: ServiceObject): readonly Check[] {
  const { sessionAffinity = "", sessionAffinityConfig } = spec;
  const timeout = mapKnown(sessionAffinityConfig, (config) =>
    mapKnown(config?.clientIP, (clientIP) => clientIP?.timeoutSeconds),
  );
  const path = "spec.sessionAffinityConfig.clientIP.timeoutSeconds";
  return [
    ...ifGiven(sessionAffinity, "spec.sessionAffinity", (affinity) =>
      affinity === "ClientIP" || affinity === "None"
        ? []
        : [notSupported("spec.sessionAffinity", goNamed(affinity), ["ClientIP", "None"])],
    ),
    ...ifTrue(isOneOf(sessionAffinity, "ClientIP"), path, () =>
      ifGiven(timeout, path, (seconds) =>
        seconds > 0 && seconds <= CLIENT_IP_MAX_SECONDS
          ? []
          : [
              invalid(
                path,
                goPlain(seconds),
                `must be greater than 0 and less than ${CLIENT_IP_MAX_SECONDS}`,
              ),
            ],
      ),
    ),
  ];
}

export function externalIPChecks(
  { spec }: ServiceObject,
  stored: ServiceObject | undefined,
  release: ApiTraits,
): readonly Check[] {
  const before = stored && release.keepsStoredAddresses ? knownStrings(stored.spec.externalIPs) : [];
  return each(spec.externalIPs, "spec.externalIPs", (ip, path) =>
    ifGiven(ip, path, (text) => {
      const wrong = wrongWithIP(path, text, release, before);
      return wrong.length > 0 ? wrong : wrongWithEndpointIP(path, text);
    }),
  );
}

/** The field, or else the annotation. The path of the field is spelt as the server spells it. */
export function sourceRangeChecks(
  { metadata, spec }: ServiceObject,
  stored: ServiceObject | undefined,
  release: ApiTraits,
): readonly Check[] {
  const field = "spec.LoadBalancerSourceRanges";
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const balanced = isOneOf(spec.type, "LoadBalancer");
  return ifGiven(ranges, field, (list) => {
    if (list.length > 0) {
      const before =
        stored && release.keepsStoredAddresses
          ? knownStrings(stored.spec.loadBalancerSourceRanges).map(trimSpace)
          : [];
      return [
        ...ifTrue(not(balanced), field, () => [forbidden(field, ONLY_LOAD_BALANCER)]),
        ...each(list, field, (range, path) =>
          ifGiven(range, path, (text) => wrongWithCIDR(path, trimSpace(text), release, before)),
        ),
      ];
    }
    const path = `metadata.annotations[${SOURCE_RANGES_ANNOTATION}]`;
    return ifGiven(metadata.annotations, path, (annotations) =>
      ifGiven(own(annotations, SOURCE_RANGES_ANNOTATION), path, (text) => [
        ...ifTrue(not(balanced), path, () => [forbidden(path, ONLY_LOAD_BALANCER)]),
        ...(annotationOf(stored) === text && release.keepsStoredAddresses
          ? []
          : annotationRanges(path, text, release)),
      ]),
    );
  });
}

function annotationRanges(path: string, text: string, release: ApiTraits): readonly Check[] {
  const ranges = trimSpace(text);
  return ranges === ""
    ? []
    : ranges.split(",").flatMap((range) => wrongWithCIDR(path, trimSpace(range), release, []));
}

function annotationOf(stored: ServiceObject | undefined): unknown {
  const annotations = stored?.metadata.annotations ?? {};
  return isUnknown(annotations) ? undefined : own(annotations, SOURCE_RANGES_ANNOTATION);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export function loadBalancerChecks(service: ServiceObject, release: ApiTraits): readonly Check[] {
  const { allocateLoadBalancerNodePorts: allocate, type } = service.spec;
  const path = "spec.allocateLoadBalancerNodePorts";
  return [
    // Defaulting hangs on an unknown type too: what it left open is no contradiction.
    ...(allocate === undefined || isUnknown(type)
      ? []
      : ifTrue(not(isOneOf(type, "LoadBalancer")), path, () => [forbidden(path, ONLY_LOAD_BALANCER)])),
    ...classChecks(service, release),
  ];
}

/** k/k validation.go validateLoadBalancerClassField, without what it asks of a change. */
export function classChecks({ spec }: ServiceObject, release: ApiTraits): readonly Check[] {
  const path = "spec.loadBalancerClass";
  const balanced = isOneOf(spec.type, "LoadBalancer");
  if (spec.loadBalancerClass === undefined) return [];
  return [
    ...ifTrue(not(balanced), path, () => [forbidden(path, ONLY_LOAD_BALANCER)]),
    ...ifTrue(balanced, path, () =>
      ifGiven(spec.loadBalancerClass, path, (name) =>
        wrongWithQualifiedName(name, release).map((message) => invalid(path, goString(name), message)),
      ),
    ),
  ];
}

/** k/k validation.go validateServiceExternalTrafficPolicy */
export function externalTrafficChecks(service: ServiceObject): readonly Check[] {
  const { externalTrafficPolicy: policy, healthCheckNodePort: port } = service.spec;
  const policyPath = "spec.externalTrafficPolicy";
  const portPath = "spec.healthCheckNodePort";
  const accessible = externallyAccessible(service);
  const needed = needsHealthCheck(service);
  return [
    ...ifGiven(policy, policyPath, (value) => [
      ...ifTrue(not(accessible), policyPath, () => [
        invalid(policyPath, goNamed(value), "may only be set for externally-accessible services"),
      ]),
      ...ifTrue(accessible, policyPath, () =>
        POLICIES.some((known) => known === value) ? [] : [notSupported(policyPath, goNamed(value), POLICIES)],
      ),
    ]),
    ...ifGiven(port, portPath, (value) => [
      ...ifTrue(not(needed), portPath, () => [
        invalid(
          portPath,
          goPlain(value),
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      ]),
      ...ifTrue(needed, portPath, () =>
        wrongWithPortNumber(value).map((message) => invalid(portPath, goPlain(value), message)),
      ),
    ]),
  ];
}

export function internalTrafficChecks({ spec }: ServiceObject): readonly Check[] {
  const path = "spec.internalTrafficPolicy";
  return ifGiven(spec.internalTrafficPolicy, path, (policy) =>
    POLICIES.some((known) => known === policy) ? [] : [notSupported(path, goNamed(policy), POLICIES)],
  );
}

export function trafficDistributionChecks({ spec }: ServiceObject, release: ApiTraits): readonly Check[] {
  const path = "spec.trafficDistribution";
  const accepted = acceptedTrafficDistributions(release.trafficGates);
  return ifGiven(spec.trafficDistribution, path, (value) =>
    accepted.some((one) => one === value) ? [] : [notSupported(path, goString(value), accepted)],
  );
}
