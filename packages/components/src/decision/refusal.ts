import { RunError } from "@pulumi/pulumi";
import type { Problem } from "../arguments/problem";

/** Why a component is not created: a line, or a paragraph, for each mistake. */
export class Refusal extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("\n"));
  }
}

/** Refuses arguments, each as `NlbInstanceService web ports[0].port: 0; wanted …`. `label` names class and resource. */
export function refuseArguments(label: string, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new Refusal(problems.map(({ path, says }) => `${label} ${path || "arguments"}: ${says}`));
  }
}

/** Runs `f`. A refusal leaves as an error that the Pulumi SDK prints as it is, without a stack trace. */
export function withoutStack<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    throw error instanceof Refusal ? new RunError(error.message) : error;
  }
}
