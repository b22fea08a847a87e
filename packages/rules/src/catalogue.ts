import { nlbSchemeIsExplicit } from "./aws/nlb-scheme-is-explicit";
import { clientAddressArrives } from "./client-address/client-address-arrives";
import { proxyHeaderIsRead } from "./client-address/proxy-header-is-read";
import { proxyProtocolNeedsNoLocal } from "./client-address/proxy-protocol-needs-no-local";
import { annotationsAreRead } from "./controllers/annotations-are-read";
import { loadBalancerIsModelled } from "./controllers/load-balancer-is-modelled";
import { proxyProtocolNeedsProxyModeInside } from "./client-address/proxy-protocol-needs-proxy-mode-inside";
import { serviceAcceptedByController } from "./controllers/service-accepted-by-controller";
import type { Rule } from "./frame/rule";
import type { SubjectName } from "./frame/subject";
import { healthCheckCarriesNoProxyHeader } from "./health-check/health-check-carries-no-proxy-header";
import { healthCheckPortIsOpen } from "./health-check/health-check-port-is-open";
import { localNeedsHealthCheck } from "./health-check/local-needs-health-check";
import { localNeedsHttpHealthCheck } from "./health-check/local-needs-http-health-check";
import { externalIpsAreDeprecated } from "./kubernetes/external-ips-are-deprecated";
import { headlessHasNoPolicies } from "./kubernetes/headless-has-no-policies";
import { internalLocalCoversEveryNode } from "./kubernetes/internal-local-covers-every-node";
import { localCountsOnlyReadyPods } from "./kubernetes/local-counts-only-ready-pods";
import { localNeedsLoadBalancerType } from "./kubernetes/local-needs-load-balancer-type";
import { localNeedsSelector } from "./kubernetes/local-needs-selector";
import { nodePortsBelongToOneService } from "./kubernetes/node-ports-belong-to-one-service";
import { oneTopologyPreference } from "./kubernetes/one-topology-preference";
import { serviceAcceptedByApiServer } from "./kubernetes/service-accepted-by-api-server";
import { sourceRangesAdmitClusterClients } from "./kubernetes/source-ranges-admit-cluster-clients";
import { workloadAcceptedByApiServer } from "./kubernetes/workload-accepted-by-api-server";
import { metallbAdvertisementNamesAPool } from "./metallb/metallb-advertisement-names-a-pool";
import { metallbAdvertisementsAddUp } from "./metallb/metallb-advertisements-add-up";
import { metallbLocalNeedsWholeAddresses } from "./metallb/metallb-local-needs-whole-addresses";
import { metallbPoolIsAdvertised } from "./metallb/metallb-pool-is-advertised";
import { localNeedsSeveralNodes } from "./placement/local-needs-several-nodes";
import { loadBalancerInInput } from "./source/load-balancer-in-input";
import { serviceInInput } from "./source/service-in-input";
import { yamlKeysAreUnique } from "./source/yaml-keys-are-unique";
import { nodeTargetsNeedNodePorts } from "./targets/node-targets-need-node-ports";
import { podTargetsNeedNoLocal } from "./targets/pod-targets-need-no-local";

const RULES = [
  serviceAcceptedByApiServer,
  workloadAcceptedByApiServer,
  nodePortsBelongToOneService,
  serviceAcceptedByController,
  nodeTargetsNeedNodePorts,
  localNeedsHttpHealthCheck,
  localNeedsHealthCheck,
  healthCheckPortIsOpen,
  healthCheckCarriesNoProxyHeader,
  proxyHeaderIsRead,
  proxyProtocolNeedsProxyModeInside,
  clientAddressArrives,
  localNeedsSelector,
  localNeedsLoadBalancerType,
  localCountsOnlyReadyPods,
  internalLocalCoversEveryNode,
  sourceRangesAdmitClusterClients,
  localNeedsSeveralNodes,
  podTargetsNeedNoLocal,
  proxyProtocolNeedsNoLocal,
  oneTopologyPreference,
  headlessHasNoPolicies,
  externalIpsAreDeprecated,
  metallbAdvertisementNamesAPool,
  metallbPoolIsAdvertised,
  metallbLocalNeedsWholeAddresses,
  metallbAdvertisementsAddUp,
  nlbSchemeIsExplicit,
  annotationsAreRead,
  loadBalancerIsModelled,
  loadBalancerInInput,
  serviceInInput,
  yamlKeysAreUnique,
] as const;

/**
 * Every rule, in the order of reports: first what stops traffic, then what skews it, then what is merely unclear. A test compares
 * this list with the files.
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
