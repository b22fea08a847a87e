import { mapKnown, type Knowable } from "../../model";
import { ifGiven, ifTrue, each, type Check } from "../answer/check";
import { clusterIPChecks } from "./cluster-ips";
import {
  externalIPChecks,
  externalTrafficChecks,
  internalTrafficChecks,
  loadBalancerChecks,
  sessionAffinityChecks,
  sourceRangeChecks,
  topologyAnnotationChecks,
  trafficDistributionChecks,
} from "./exposure-checks";
import {
  forbidden,
  goNamed,
  goPlain,
  goString,
  invalid,
  notSupported,
  required,
  type FieldError,
} from "../answer/field-error";
import { labels } from "../metadata/metadata";
import { wrongWithSubdomain } from "../metadata/names";
import { duplicatePortChecks, nodePortChecks, portChecks } from "./port-checks";
import type { ApiTraits } from "../../releases";
import type { ServiceObject, StringList } from "../service/service-object";
import { isHeadlessList } from "../service/service-facts";
import { and, isOneOf, not } from "../service/truth";

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"] as const;
const KUBELET_PORT = 10_250;

/** A Service with defaults and allocations, in the order in which the server asks (k/k validation.go validateService). */
export function specChecks(
  service: ServiceObject,
  stored: ServiceObject | undefined,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...topologyAnnotationChecks(service),
    ...portsRequired(service),
    ...typeChecks(service, release),
    ...portChecks(service, release),
    ...labels(service.spec.selector, "spec.selector", release),
    ...sessionAffinityChecks(service),
    ...clusterIPChecks(service, stored, release),
    ...externalIPChecks(service, stored, release),
    ...ifGiven(service.spec.type, "spec.type", (type) =>
      TYPES.some((known) => known === type) ? [] : [notSupported("spec.type", goNamed(type), TYPES)],
    ),
    ...nodePortChecks(service),
    ...duplicatePortChecks(service),
    ...sourceRangeChecks(service, stored, release),
    ...loadBalancerChecks(service, release),
    ...externalTrafficChecks(service),
    ...internalTrafficChecks(service),
    ...trafficDistributionChecks(service, release),
  ];
}

function portsRequired({ spec }: ServiceObject): readonly Check[] {
  const none = mapKnown(spec.ports ?? [], (ports) => ports.length === 0);
  const wanted = and(none, not(isHeadlessList(spec.clusterIPs)), not(isOneOf(spec.type, "ExternalName")));
  return ifTrue(wanted, "spec.ports", () => [required("spec.ports")]);
}

function typeChecks({ spec }: ServiceObject, release: ApiTraits): readonly Check[] {
  return ifGiven(spec.type, "spec.type", (type) => {
    if (type === "LoadBalancer") return [...kubeletPort(spec, release), ...noHeadless(spec, type)];
    if (type === "NodePort") return noHeadless(spec, type);
    return type === "ExternalName" ? externalNameChecks(spec) : [];
  });
}

function kubeletPort({ ports }: ServiceObject["spec"], release: ApiTraits): readonly Check[] {
  const message = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
  return each(ports, "spec.ports", ({ port }, path) =>
    port === KUBELET_PORT && release.refusesKubeletPort ? [invalid(path, goPlain(port), message)] : [],
  );
}

function noHeadless({ clusterIPs }: ServiceObject["spec"], type: string): readonly Check[] {
  const path = "spec.clusterIPs[0]";
  return ifTrue(isHeadlessList(clusterIPs), path, () => [
    {
      ...invalid(path, goString("None"), `may not be set to 'None' for ${type} services`),
      fact: `K8S:${path}`,
    },
  ]);
}

function externalNameChecks({
  clusterIPs,
  ipFamilies,
  ipFamilyPolicy,
  externalName,
}: ServiceObject["spec"]): readonly Check[] {
  const message = "may not be set for ExternalName services";
  const unset = (list: StringList | undefined, path: string): readonly Check[] =>
    ifGiven(list, path, (items) => (items.length > 0 ? [forbidden(path, message)] : []));
  return [
    ...unset(clusterIPs, "spec.clusterIPs"),
    ...unset(ipFamilies, "spec.ipFamilies"),
    ...ifGiven(ipFamilyPolicy, "spec.ipFamilyPolicy", () => [forbidden("spec.ipFamilyPolicy", message)]),
    ...canonicalName(externalName ?? ""),
  ];
}

/** One trailing dot marks a name as fully qualified. */
function canonicalName(externalName: Knowable<string>): readonly Check[] {
  const path = "spec.externalName";
  return ifGiven(externalName, path, (name): readonly FieldError[] => {
    const cname = name.endsWith(".") ? name.slice(0, -1) : name;
    return cname === ""
      ? [required(path)]
      : wrongWithSubdomain(cname).map((message) => invalid(path, goString(cname), message));
  });
}
