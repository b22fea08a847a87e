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
];
