import type { Operation } from "../operation";
import { categorize } from "./categorize";
import { endpoints } from "./endpoints";
import { flow } from "./flow";
import { hints } from "./hints";
import { schedule, score } from "./placement";
import { quantity } from "./quantity";
import { topoauto } from "./topoauto";
import { validate } from "./validate";
import { validateUpdate } from "./validate-update";
import { validateWorkload } from "./validate-workload";
import { victims } from "./victims";

/** Every question that is put to both sides; a new one adds its line. */
const OPERATIONS: readonly Operation[] = [
  categorize,
  hints,
  topoauto,
  flow,
  endpoints,
  score,
  schedule,
  quantity,
  victims,
  validate,
  validateUpdate,
  validateWorkload,
];

/** The operations of a comma-separated list, all without one. */
export function operationsNamed(list: string | undefined): readonly Operation[] {
  if (list === undefined) return OPERATIONS;
  return list.split(",").map((name) => {
    const found = OPERATIONS.find((operation) => operation.name === name);
    if (found) return found;
    throw new Error(`${name}: no such operation; there are ${OPERATIONS.map((one) => one.name).join(", ")}`);
  });
}
