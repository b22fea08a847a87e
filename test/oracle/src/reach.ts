import { PLACEMENT_REACH } from "./reach-placement";
import { WORKLOAD_REACH } from "./reach-workload";

/** A part of Kubernetes that the cases of an operation must reach, so that "no disagreement" means something. */
export interface Reach {
  readonly operation: string;
  readonly file: string;
  /** Some functions of the file; all of them without a list. */
  readonly functions?: readonly string[];
  /** Percent of the statements of each function. */
  readonly atLeast: number;
  /** What keeps the rest out of reach, where it is not all. */
  readonly rest?: string;
}

const PROXY = "k8s.io/kubernetes/pkg/proxy";
const SLICE = "k8s.io/endpointslice";
const CORE = "k8s.io/kubernetes/pkg/apis/core";
const SERVICE = "k8s.io/kubernetes/pkg/registry/core/service";
const MACHINERY = "k8s.io/apimachinery/pkg";

/** What no Service can have once it has its defaults and allocations; the checks are there for other callers. */
const DEFAULTED = "defaults and allocations come before validation, so nothing that they fill in is missing";
const OTHER_GATE = "the gates are at their defaults";

export const REACH: readonly Reach[] = [
  {
    operation: "categorize",
    file: `${PROXY}/topology.go`,
    functions: ["CategorizeEndpoints", "topologyModeFromHints", "filterEndpoints"],
    atLeast: 100,
  },
  {
    operation: "categorize",
    file: `${PROXY}/topology.go`,
    functions: ["availableForTopology"],
    atLeast: 80,
    rest: "no caller passes a mode that the default branch of the switch is for",
  },
  {
    operation: "categorize",
    file: `${PROXY}/serviceport.go`,
    functions: ["ExternallyAccessible", "UsesClusterEndpoints", "UsesLocalEndpoints"],
    atLeast: 100,
  },
  {
    operation: "categorize",
    file: `${PROXY}/endpointschangetracker.go`,
    functions: ["getLocalReadyEndpointIPs", "LocalReadyEndpoints"],
    atLeast: 100,
  },
  {
    operation: "hints",
    file: `${SLICE}/trafficdist/trafficdist.go`,
    functions: ["ReconcileHints", "endpointReady", "update"],
    atLeast: 100,
  },
  {
    operation: "hints",
    file: `${SLICE}/trafficdist/trafficdist.go`,
    functions: ["needsUpdate"],
    atLeast: 83,
    rest: "a slice is never nil",
  },
  {
    operation: "topoauto",
    file: `${SLICE}/topologycache/topologycache.go`,
    functions: ["SetNodes", "hasExcludedLabels"],
    atLeast: 100,
  },
  {
    operation: "topoauto",
    file: `${SLICE}/topologycache/topologycache.go`,
    functions: ["getAllocations"],
    atLeast: 95,
    rest: "SetNodes keeps no ratios for fewer than two zones",
  },
  {
    operation: "topoauto",
    file: `${SLICE}/topologycache/utils.go`,
    functions: ["getGivingAndReceivingZones", "getMost"],
    atLeast: 100,
  },
  {
    operation: "topoauto",
    file: `${SLICE}/topologycache/utils.go`,
    functions: ["redistributeHints"],
    atLeast: 88,
    rest: "AddHints has refused endpoints without a zone before",
  },
  {
    operation: "topoauto",
    file: `${SLICE}/topologycache/utils.go`,
    functions: ["isNodeReady"],
    atLeast: 75,
    rest: "every node has the condition",
  },
  {
    operation: "endpoints",
    file: `${SLICE}/utils.go`,
    functions: ["podToEndpoint", "hintsEnabled"],
    atLeast: 90,
    rest: "no pod has a host name",
  },
  {
    operation: "endpoints",
    file: `${SLICE}/util/controller_utils.go`,
    functions: ["ShouldPodBeInEndpoints"],
    atLeast: 85,
    rest: "terminating pods are always included",
  },
  {
    operation: "flow",
    file: `${PROXY}/iptables/proxier.go`,
    functions: ["writeServiceToEndpointRules"],
    atLeast: 90,
    rest: "no Service is large enough for the metrics of a large cluster",
  },
  {
    operation: "flow",
    file: `${PROXY}/nftables/proxier.go`,
    functions: ["writeServiceToEndpointDNATs", "writeServiceToEndpointJumps"],
    atLeast: 70,
    rest: "IPv4 alone is asked",
  },
  {
    operation: "flow",
    file: `${PROXY}/util/localdetector.go`,
    functions: [
      "NewDetectLocalByCIDR",
      "NewDetectLocalByBridgeInterface",
      "NewDetectLocalByInterfaceNamePrefix",
    ],
    atLeast: 75,
    rest: "IPv4 alone is asked",
  },
  { operation: "validate", file: `${CORE}/v1/defaults.go`, functions: ["SetDefaults_Service"], atLeast: 90 },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateService", "validateServicePort"],
    atLeast: 90,
    rest: DEFAULTED,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateServiceTrafficDistribution"],
    atLeast: 90,
    rest: OTHER_GATE,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateServiceExternalTrafficPolicy"],
    atLeast: 82,
    rest: `${DEFAULTED}; a bad health-check port is not allocated`,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateServiceInternalTrafficFieldsValue"],
    atLeast: 85,
    rest: DEFAULTED,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateClientIPAffinityConfig"],
    atLeast: 50,
    rest: DEFAULTED,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["ValidateServiceCreate", "validateAffinityTimeout", "validateKubeFinalizerName"],
    atLeast: 100,
  },
  {
    operation: "validate",
    file: `${CORE}/validation/validation.go`,
    functions: ["ValidatePortNumOrName"],
    atLeast: 88,
    rest: "a port is a number or a name",
  },
  {
    operation: "validate",
    file: `${SERVICE}/storage/alloc.go`,
    functions: ["txnAllocNodePorts", "allocClusterIPs", "findRequestedNodePort"],
    atLeast: 100,
  },
  {
    operation: "validate",
    file: `${SERVICE}/storage/alloc.go`,
    functions: ["initNodePorts", "allocHealthCheckNodePort"],
    atLeast: 90,
    rest: "the range is never full",
  },
  {
    operation: "validate",
    file: "k8s.io/kubernetes/pkg/api/service/warnings.go",
    functions: ["GetWarningsForService"],
    atLeast: 96,
    rest: "a Service is never nil",
  },
  {
    operation: "validate",
    file: `${MACHINERY}/api/validate/content/kube.go`,
    functions: ["IsLabelKey", "IsLabelValue"],
    atLeast: 100,
  },
  {
    operation: "validate",
    file: `${MACHINERY}/api/validation/objectmeta.go`,
    functions: [
      "ValidateObjectMetaAccessor",
      "ValidateAnnotations",
      "ValidateFinalizers",
      "ValidateOwnerReferences",
    ],
    atLeast: 100,
  },
  {
    operation: "validate",
    file: `${MACHINERY}/util/validation/ip.go`,
    functions: ["parseIP", "parseCIDR", "GetWarningsForIP"],
    atLeast: 100,
  },
  {
    operation: "validateUpdate",
    file: `${CORE}/validation/validation.go`,
    functions: [
      "ValidateServiceUpdate",
      "validateServiceExternalTrafficFieldsUpdate",
      "validateLoadBalancerClassField",
      "ValidateServiceClusterIPsRelatedFields",
      "ValidateEndpointIP",
    ],
    atLeast: 100,
  },
  {
    operation: "validateUpdate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateUpgradeDowngradeClusterIPs", "validateUpgradeDowngradeIPFamilies"],
    atLeast: 90,
    rest: "allocation has kept the first address, and refused to release the second, before",
  },
  {
    operation: "validateUpdate",
    file: `${CORE}/validation/validation.go`,
    functions: ["validateService"],
    atLeast: 95,
    rest: DEFAULTED,
  },
  {
    operation: "validateUpdate",
    file: `${SERVICE}/storage/alloc.go`,
    functions: ["initIPFamilyFields", "updateClusterIPs", "updateHealthCheckNodePort"],
    atLeast: 95,
  },
  {
    operation: "validateUpdate",
    file: `${SERVICE}/storage/alloc.go`,
    functions: ["updateNodePorts"],
    atLeast: 96,
    rest: "the range is never full",
  },
  {
    operation: "validateUpdate",
    file: `${SERVICE}/storage/storage.go`,
    functions: ["beginUpdate", "normalizeClusterIPs", "patchAllocatedValues"],
    atLeast: 100,
  },
  {
    operation: "validateUpdate",
    file: `${SERVICE}/strategy.go`,
    functions: ["dropTypeDependentFields"],
    atLeast: 96,
    rest: "there is a Service to update",
  },
  {
    operation: "validateUpdate",
    file: `${MACHINERY}/util/validation/ip.go`,
    functions: ["IsValidIPForLegacyField", "IsValidCIDRForLegacyField", "GetWarningsForCIDR"],
    atLeast: 100,
  },
  ...PLACEMENT_REACH,
  ...WORKLOAD_REACH,
];
