import type { Front, Service, Statement } from "../model";
import type { Phase, Start } from "./phase";

/** The ways from one state at rest to another, as phases. */
export interface Ways {
  /** As they are to be. */
  readonly service: Service;
  readonly front: Front | undefined;
  readonly start: Start;
  readonly atOnce: readonly Phase[];
  readonly inOrder: readonly Phase[];
  readonly assumptions: readonly Statement[];
}
