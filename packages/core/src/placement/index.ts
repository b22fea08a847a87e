export { placeReplicas, type Placement, type PlacementRequest } from "./ensemble";
export {
  schedulePods,
  scorePod,
  type NodeScores,
  type PodOwner,
  type PodScores,
  type Scheduled,
  type SchedulerView,
} from "./exact";
export type { Rejection } from "./fit-error";
export { SCORE_WEIGHTS, type ScorePluginName } from "./plugins/plugin";
export type { SpreadService } from "./plugins/spread-constraints";
export type { Namespace } from "./pod-facts";
export type {
  ClusterEvent,
  Course,
  NodeLife,
  PodLife,
  SimulationRequest,
  Step,
  Timing,
} from "./simulate/events";
export { fullTiming, simulate, simulateCourses } from "./simulate/simulate";
export { victimsFirst, type Candidate } from "./simulate/victims";
