import { nlbClusterHealthCheckPortIsOpen } from "./aws/nlb-cluster-health-check-port-is-open";
import { nlbIpTargetsIgnoreLocal } from "./aws/nlb-ip-targets-ignore-local";
import { nlbLocalNeedsHttpHealthCheck } from "./aws/nlb-local-needs-http-health-check";
import { nlbProxyProtocolBreaksHealthCheck } from "./aws/nlb-proxy-protocol-breaks-health-check";
import { nlbSchemeIsExplicit } from "./aws/nlb-scheme-is-explicit";
import type { Rule } from "./frame/rule";
import { haproxyCheckSpeaksPlainHttp } from "./haproxy/haproxy-check-speaks-plain-http";
import { haproxyKeepsClientAddress } from "./haproxy/haproxy-keeps-client-address";
import { haproxyLocalNeedsCheck } from "./haproxy/haproxy-local-needs-check";
import { haproxyLocalNeedsHttpCheck } from "./haproxy/haproxy-local-needs-http-check";
import { haproxyProxyProtocolIsRead } from "./haproxy/haproxy-proxy-protocol-is-read";
import { haproxyProxyProtocolMakesLocalNeedless } from "./haproxy/haproxy-proxy-protocol-makes-local-needless";
import type { SubjectName } from "./frame/subject";
import { frontIsInSight } from "./source/front-is-in-sight";
import { serviceIsInSight } from "./source/service-is-in-sight";
import { yamlKeysAreUnique } from "./source/yaml-keys-are-unique";
import { externalIpsAreDeprecated } from "./kubernetes/external-ips-are-deprecated";
import { headlessHasNoPolicies } from "./kubernetes/headless-has-no-policies";
import { internalLocalCoversEveryNode } from "./kubernetes/internal-local-covers-every-node";
import { localCountsOnlyReadyPods } from "./kubernetes/local-counts-only-ready-pods";
import { localNeedsLoadBalancerType } from "./kubernetes/local-needs-load-balancer-type";
import { localNeedsSelector } from "./kubernetes/local-needs-selector";
import { nodePortsBelongToOneService } from "./kubernetes/node-ports-belong-to-one-service";
import { oneTopologyPreference } from "./kubernetes/one-topology-preference";
import { serviceAcceptedByApiServer } from "./kubernetes/service-accepted-by-api-server";
import { workloadAcceptedByApiServer } from "./kubernetes/workload-accepted-by-api-server";
import { sourceRangesAdmitClusterClients } from "./kubernetes/source-ranges-admit-cluster-clients";
import { localNeedsSeveralNodes } from "./placement/local-needs-several-nodes";

const RULES = [
  serviceAcceptedByApiServer,
  workloadAcceptedByApiServer,
  nodePortsBelongToOneService,
  nlbLocalNeedsHttpHealthCheck,
  nlbClusterHealthCheckPortIsOpen,
  nlbProxyProtocolBreaksHealthCheck,
  haproxyLocalNeedsHttpCheck,
  haproxyLocalNeedsCheck,
  haproxyCheckSpeaksPlainHttp,
  haproxyProxyProtocolIsRead,
  haproxyKeepsClientAddress,
  localNeedsSelector,
  localNeedsLoadBalancerType,
  localCountsOnlyReadyPods,
  internalLocalCoversEveryNode,
  sourceRangesAdmitClusterClients,
  localNeedsSeveralNodes,
  nlbIpTargetsIgnoreLocal,
  haproxyProxyProtocolMakesLocalNeedless,
  oneTopologyPreference,
  headlessHasNoPolicies,
  externalIpsAreDeprecated,
  nlbSchemeIsExplicit,
  frontIsInSight,
  serviceIsInSight,
  yamlKeysAreUnique,
] as const;

/**
 * Every rule, in the order of reports: what stops traffic first, then what bends it, then what is merely unclear.
 * A test holds this list against the files.
 */
export const CATALOGUE: readonly Rule[] = Object.freeze(RULES);

export type RuleId = (typeof RULES)[number]["id"];

/** Ids of the rules about one kind of subject. */
export type RuleIdAbout<S extends SubjectName> = Extract<
  (typeof RULES)[number],
  { readonly subject: S }
>["id"];

const BY_ID: ReadonlyMap<string, Rule> = new Map(CATALOGUE.map((one) => [one.id, one]));

export function findRule(id: string): Rule | undefined {
  return BY_ID.get(id);
}
