/** Named tests as they are run, in order: each is told as soon as it has ended. */
export interface Tests {
  /** Runs one test; it fails if it throws. What it returns is told beside its name. */
  test(name: string, run: () => string | Promise<string>): Promise<void>;
  skip(name: string, why: string): void;
  /** `3 passed, 0 failed, 0 skipped`. */
  summary(): string;
  readonly failed: number;
}

export function tests(tell: (line: string) => void): Tests {
  const count = { passed: 0, failed: 0, skipped: 0 };
  return {
    async test(name, run) {
      try {
        const said = await run();
        count.passed++;
        tell(`ok      ${name}${said ? `: ${said}` : ""}`);
      } catch (error) {
        count.failed++;
        tell(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    skip(name, why) {
      count.skipped++;
      tell(`skipped ${name}: ${why}`);
    },
    summary: () => `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`,
    get failed() {
      return count.failed;
    },
  };
}

const SHOWN = 10;

/** `412 rows run, 412 agreed`; throws with the first disagreements where there are any. */
export function agreement<T extends { readonly agrees: boolean }>(
  what: string,
  observed: readonly T[],
  told: (one: T) => string,
): string {
  const differing = observed.filter(({ agrees }) => !agrees);
  const line = `${observed.length} ${what} run, ${observed.length - differing.length} agreed`;
  if (observed.length === 0) throw new Error(`no ${what} were run`);
  if (differing.length === 0) return line;
  throw new Error([line, ...differing.slice(0, SHOWN).map((one) => `  ${told(one)}`)].join("\n"));
}
