import { API } from "./api";
import { FLOW } from "./flow";
import { PLACEMENT } from "./placement";
import type { PlantedError } from "./planted";
import { ROUTING } from "./routing";
import { WORKLOAD } from "./workload";

/** Errors that the comparison must notice; another part of core adds its list. */
export const PLANTED: readonly PlantedError[] = [...ROUTING, ...FLOW, ...PLACEMENT, ...API, ...WORKLOAD];
