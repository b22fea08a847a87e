export { placeReplicas, type Placement, type PlacementRequest } from "./ensemble";
export type { SpreadService } from "./plugins/spread-constraints";
