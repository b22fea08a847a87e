import type { Reach } from "./reach";

const APPS = "k8s.io/kubernetes/pkg/apis/apps";
const CORE = "k8s.io/kubernetes/pkg/apis/core";
const META = "k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go";

function reach(file: string, atLeast: number, functions: readonly string[], rest?: string): Reach {
  return { operation: "validateWorkload", file, functions, atLeast, rest };
}

const DEFAULTED = "defaults come before validation, so nothing that they fill in is missing";
const UNREAD = "volumes, probes, claims and other fields that nothing here reads are left out";
const CREATED = "what an update of an older object tolerates is not asked";

export const WORKLOAD_REACH: readonly Reach[] = [
  reach(`${APPS}/v1/defaults.go`, 90, [
    "SetDefaults_Deployment",
    "SetDefaults_DaemonSet",
    "SetDefaults_StatefulSet",
    "SetDefaults_ReplicaSet",
  ]),
  reach(`${APPS}/validation/validation.go`, 100, [
    "ValidateDeployment",
    "ValidateReplicaSet",
    "ValidateReplicaSetSpec",
    "ValidateRollingUpdateDaemonSet",
    "ValidateRollingUpdateDeployment",
    "IsNotMoreThan100Percent",
    "getPercentValue",
    "getIntOrPercentValue",
  ]),
  reach(
    `${APPS}/validation/validation.go`,
    75,
    [
      "ValidateDeploymentSpec",
      "ValidateDeploymentStrategy",
      "ValidateDaemonSetSpec",
      "ValidateDaemonSetUpdateStrategy",
      "ValidatePodTemplateSpecForReplicaSet",
      "ValidatePodTemplateSpecForStatefulSet",
      "ValidatePositiveIntOrPercent",
    ],
    DEFAULTED,
  ),
  reach(`${APPS}/validation/validation.go`, 60, ["ValidateStatefulSetSpec"], `${DEFAULTED}; ${UNREAD}`),
  reach(`${CORE}/validation/validation.go`, 100, [
    "validateResourceRequirements",
    "validateResourceName",
    "validateContainerResourceName",
    "validatePodResourceName",
    "ValidateResourceQuantityValue",
    "ValidateNonnegativeQuantity",
    "AccumulateUniqueHostPorts",
    "validatePodHostNetworkDeps",
    "validateAffinity",
    "validateNodeAffinity",
    "validatePodAffinity",
    "validatePodAntiAffinity",
    "validatePodAffinityTerm",
    "validateWeightedPodAffinityTerms",
    "ValidatePreferredSchedulingTerms",
    "ValidateNodeSelector",
    "ValidateNodeSelectorTerm",
    "ValidateNodeSelectorRequirement",
    "ValidateNodeFieldSelectorRequirement",
    "ValidateMatchLabelKeysAndMismatchLabelKeys",
    "validateLabelKeys",
    "ValidateSpreadConstraintNotRepeat",
    "validateMinDomains",
    "validateNodeInclusionPolicy",
    "validateReadinessGates",
    "validateSchedulingGates",
    "validateOverhead",
  ]),
  reach(
    `${CORE}/validation/validation.go`,
    80,
    ["validateContainers", "validateInitContainers", "validateContainerPorts", "ValidateTolerations"],
    `${DEFAULTED}; ${UNREAD}; the gates are at their defaults`,
  ),
  reach(
    `${CORE}/validation/validation.go`,
    60,
    [
      "ValidatePodSpec",
      "validatePodResources",
      "validatePodResourceConsistency",
      "validateHandler",
      "validateSleepAction",
    ],
    UNREAD,
  ),
  reach(`${CORE}/validation/validation.go`, 80, ["validateTopologySpreadConstraints"], CREATED),
  reach(META, 100, [
    "ValidateLabelSelector",
    "ValidateLabelSelectorRequirement",
    "ValidateLabelName",
    "ValidateLabels",
  ]),
  reach("k8s.io/apimachinery/pkg/api/resource/quantity.go", 85, [
    "ParseQuantity",
    "parseQuantityString",
    "CanonicalizeBytes",
    "UnmarshalJSON",
    "RoundUp",
    "Cmp",
  ]),
  reach(
    "k8s.io/apimachinery/pkg/api/resource/quantity.go",
    75,
    ["Add"],
    "a sum of zero is never made, nor one beyond int64",
  ),
];
