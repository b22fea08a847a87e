import { displayName, type Exposure } from "@evenkeel/core/model";
import { check, findingLine, findRule, type Enforcement } from "@evenkeel/rules";
import { withLines, type Places } from "../input/lines";

/** What can be computed on, and what is said of the rest. */
export interface Accepted {
  readonly exposures: readonly Exposure[];
  /** A line for each thing that the API server would refuse, with its file and line where they are known. */
  readonly refused: readonly string[];
}

const RULE = "workload-accepted-by-api-server";
/** Whatever a configuration makes of the rule, there is nothing to compute. */
const ALWAYS: Enforcement = { levels: {}, onUnknown: {}, exemptions: [], today: "" };

/**
 * Services without those whose workload the API server would refuse for certain: it would never run as written, so no number about it
 * means anything. What only some versions refuse is computed.
 */
export function accepted(exposures: readonly Exposure[], places: Places = new Map()): Accepted {
  const rule = findRule(RULE);
  const kept: Exposure[] = [];
  const refused = new Set<string>();
  for (const exposure of exposures) {
    const { findings } = check(rule ? [rule] : [], { exposures: [exposure] }, ALWAYS);
    const certain = findings.filter(({ verdict, level }) => verdict === "violated" && level === "mandatory");
    if (certain.length === 0) kept.push(exposure);
    for (const finding of withLines(certain, places)) {
      const { file, line } = finding;
      const where = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;
      refused.add(
        `${where}${findingLine(finding)}; nothing is computed for ${displayName(exposure.service.ref)}`,
      );
    }
  }
  return { exposures: kept, refused: [...refused] };
}
