import { readFrozen } from "./frozen";
import type { Operation } from "./operation";

export interface Replay {
  readonly cases: number;
  /** One sentence for each answer of ours that is not the frozen one. */
  readonly disagreements: readonly string[];
}

/** Holds our answers against the frozen ones; needs neither Go nor a process. */
export function replay(operation: Operation, release?: string): Replay {
  const frozen = readFrozen(operation.name, release);
  const disagreements = frozen.flatMap(({ input, output }, index) => {
    const found = operation.replay(input).disagreement({ output });
    return found
      ? [
          `frozen/${operation.name}.jsonl:${index + 1}: ${found.how}\n` +
            `  input  ${JSON.stringify(input)}\n  ours   ${JSON.stringify(found.ours)}\n  theirs ${JSON.stringify(output)}`,
        ]
      : [];
  });
  return { cases: frozen.length, disagreements };
}
