import { statementsOf } from "../model";

/** What transitions have to say. */
export const TRANSITION_TEXTS = {
  "pods-stay": () => "assuming pods stay where they are during the switch",
  "controller-follows-at-once": ({ controller }: { controller: string }) =>
    `assuming ${controller} follows the policy immediately`,
  "gap-between-changes": ({ seconds }: { seconds: number }) =>
    `assuming ${seconds} s between the change of the policy and the change of the health check`,
  "listener-follows-at-once": () =>
    "assuming the listener points to the new target group as soon as that exists, and its targets are registered immediately",
} as const;

export const sayTransition = statementsOf(TRANSITION_TEXTS);
