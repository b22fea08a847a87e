import type { Reach } from "./reach";

const SCHEDULER = "k8s.io/kubernetes/pkg/scheduler";
const PLUGINS = `${SCHEDULER}/framework/plugins`;

const STATE = "what a plugin wrote down before is always there, and no error comes back";

function reach(file: string, atLeast: number, functions: readonly string[], rest?: string): Reach {
  return { operation: "score", file, functions, atLeast, rest };
}

export const PLACEMENT_REACH: readonly Reach[] = [
  reach(`${PLUGINS}/podtopologyspread/common.go`, 100, [
    "matchNodeInclusionPolicies",
    "buildDefaultConstraints",
    "nodeLabelsMatchSpreadConstraints",
    "countPodsMatchSelector",
  ]),
  reach(
    `${PLUGINS}/podtopologyspread/common.go`,
    85,
    ["filterTopologySpreadConstraints", "mergeLabelSetWithSelector"],
    STATE,
  ),
  reach(`${PLUGINS}/podtopologyspread/filtering.go`, 100, ["minMatchNum", "update"]),
  reach(`${PLUGINS}/podtopologyspread/filtering.go`, 85, ["calPreFilterState", "Filter"], STATE),
  reach(
    `${PLUGINS}/podtopologyspread/scoring.go`,
    85,
    ["initPreScoreState", "PreScore", "Score", "NormalizeScore"],
    STATE,
  ),
  reach(`${PLUGINS}/interpodaffinity/filtering.go`, 100, [
    "podMatchesAllAffinityTerms",
    "getExistingAntiAffinityCounts",
    "getIncomingAffinityAntiAffinityCounts",
    "satisfyExistingPodsAntiAffinity",
    "satisfyPodAntiAffinity",
    "satisfyPodAffinity",
  ]),
  reach(
    `${PLUGINS}/interpodaffinity/plugin.go`,
    85,
    ["mergeAffinityTermNamespacesIfNotEmpty", "GetNamespaceLabelsSnapshot"],
    STATE,
  ),
  reach(`${PLUGINS}/interpodaffinity/scoring.go`, 100, ["processTerm", "processTerms"]),
  reach(
    `${PLUGINS}/interpodaffinity/scoring.go`,
    85,
    ["processExistingPod", "PreScore", "Score", "NormalizeScore"],
    STATE,
  ),
  reach(`${PLUGINS}/noderesources/fit.go`, 88, ["fitsRequest"], "no resource is ignored by configuration"),
  reach(
    `${PLUGINS}/noderesources/least_allocated.go`,
    80,
    ["leastRequestedScore", "leastResourceScorer"],
    "a capacity of nothing is left out before",
  ),
  reach(`${PLUGINS}/noderesources/balanced_allocation.go`, 100, ["balancedResourceScorer"]),
  reach(
    `${PLUGINS}/noderesources/balanced_allocation.go`,
    75,
    ["balancedResourceScore"],
    "CPU and memory are the only two that are balanced",
  ),
  reach(`${PLUGINS}/tainttoleration/taint_toleration.go`, 100, [
    "Filter",
    "countIntolerableTaintsPreferNoSchedule",
    "getAllTolerationPreferNoSchedule",
    "NormalizeScore",
  ]),
  reach(
    `${PLUGINS}/nodeaffinity/node_affinity.go`,
    96,
    ["PreFilter"],
    "terms that name several nodes are left out",
  ),
  reach(`${PLUGINS}/nodename/node_name.go`, 100, ["Filter", "Fits"]),
  reach(`${PLUGINS}/nodeports/node_ports.go`, 100, ["fitsPorts"]),
  reach(`${PLUGINS}/nodeunschedulable/node_unschedulable.go`, 100, ["Filter"]),
  reach(`${PLUGINS}/imagelocality/image_locality.go`, 100, [
    "calculatePriority",
    "scaledImageScore",
    "normalizedImageName",
  ]),
  reach(
    `${PLUGINS}/imagelocality/image_locality.go`,
    65,
    ["sumImageScores"],
    "volumes made from images are not read",
  ),
  reach(
    `${PLUGINS}/helper/spread.go`,
    90,
    ["DefaultSelector", "GetPodServices"],
    "owners have a version that can be read",
  ),
  reach(`${PLUGINS}/helper/normalize_score.go`, 100, ["DefaultNormalizeScore"]),
  reach(`${SCHEDULER}/framework/types.go`, 100, ["getNonMissingContainerRequests"]),
  reach(`${SCHEDULER}/backend/cache/cache.go`, 100, ["addNodeImageStates"]),
  {
    operation: "schedule",
    file: `${SCHEDULER}/schedule_one.go`,
    functions: ["schedulePod", "findNodesThatPassFilters", "numFeasibleNodesToFind", "newSortedNodeScores"],
    atLeast: 75,
    rest: "no extender, no nominated node, no percentage of nodes by configuration",
  },
  {
    operation: "schedule",
    file: `${SCHEDULER}/backend/cache/node_tree.go`,
    functions: ["addNode", "list"],
    atLeast: 80,
    rest: "no node comes twice",
  },
];
