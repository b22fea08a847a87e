/** Switching a Service from one policy or kind of target to another: what is lost on the way, and the order that loses nothing. */
export { transitions } from "./plan";
export {
  TRANSITION_GOALS,
  type Transition,
  type TransitionEnd,
  type TransitionGoal,
  type TransitionOptions,
  type TransitionStep,
  type TransitionWay,
} from "./transition";
