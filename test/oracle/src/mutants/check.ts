import { readFileSync } from "node:fs";
import { operationsNamed } from "../operations";
import type { Answer } from "../oracle";

/** One question with the oracle's answer, as `plant.ts` recorded it. */
export interface Recorded {
  readonly input: unknown;
  readonly answer: Answer;
}

/** How the checking process ends: a status of its own, so that a crash is not taken for a finding. */
export const NOTICED = 10;
export const UNNOTICED = 0;

// Holds the code of this house against recorded answers: `check.js OPERATION FILE`.
if (require.main === module) {
  const [name, file = ""] = process.argv.slice(2);
  const recorded = JSON.parse(readFileSync(file, "utf8")) as readonly Recorded[];
  const noticed = operationsNamed(name).some((operation) =>
    recorded.some(({ input, answer }) => operation.replay(input).disagreement(answer)),
  );
  process.exitCode = noticed ? NOTICED : UNNOTICED;
}
