import { passes, type CheckAnswer } from "./check-answer";

/** Pods are asked themselves: each passes while it answers. */
export function podCheck(): CheckAnswer {
  return passes("servedHere");
}
