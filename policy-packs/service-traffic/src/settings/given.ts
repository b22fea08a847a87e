import { isMap } from "@evenkeel/core/model";
import type { EnforcementLevel } from "@pulumi/policy";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Checked } from "@evenkeel/rules";
import { LEVELS } from "./names";
import { oneOf } from "./read";

/** Settings of one policy as somebody wrote them, unchecked but for the level. */
interface GivenPolicy {
  readonly level?: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** By name of the policy, or `all`. */
export type Given = ReadonlyMap<string, GivenPolicy>;

/** A level, or a record with `enforcementLevel` and settings, by policy: what `--policy-pack-config` takes. */
export function givenBy(options: Readonly<Record<string, unknown>>): Checked<Given> {
  const problems: string[] = [];
  const value = new Map<string, GivenPolicy>();
  for (const [name, written] of Object.entries(options)) {
    if (written === undefined) continue;
    const { enforcementLevel, ...properties } = isMap(written) ? written : { enforcementLevel: written };
    const where = isMap(written) ? `${name}.enforcementLevel` : name;
    const level = oneOf(where, enforcementLevel, LEVELS, (problem) => problems.push(problem));
    value.set(name, { level, properties });
  }
  return { value, problems };
}

/** In the order of pulumi/analyzer.proto. */
const WIRE_LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];

/** What the engine made of the defaults, the pack's own options and the user's configuration. */
export function givenByEngine(request: ConfigureAnalyzerRequest): Given {
  const given = new Map<string, GivenPolicy>();
  request.getPolicyconfigMap().forEach((config, name) =>
    given.set(name, {
      level: WIRE_LEVELS[config.getEnforcementlevel()],
      properties: config.getProperties()?.toJavaScript() ?? {},
    }),
  );
  return given;
}

/** Each property of the later wins over the same one of the earlier (pkg/resource/analyzer/config.go applyConfig). */
export function overlaid(earlier: Given, later: Given): Given {
  const result = new Map(earlier);
  for (const [name, { level, properties }] of later) {
    const before = result.get(name);
    result.set(name, { level: level ?? before?.level, properties: { ...before?.properties, ...properties } });
  }
  return result;
}

/**
 * Levels that the pack's own policies need whatever `all` says: a misspelled configuration always blocks; the catalogue never does,
 * and speaks while any rule does.
 */
export function amendOwnLevels(
  request: ConfigureAnalyzerRequest,
  own: { readonly configuration: string; readonly catalogue: string },
): void {
  const configs = request.getPolicyconfigMap();
  const wire = (level: EnforcementLevel) => WIRE_LEVELS.indexOf(level);
  configs.get(own.configuration)?.setEnforcementlevel(wire("mandatory"));
  const catalogue = configs.get(own.catalogue);
  const level = catalogue && WIRE_LEVELS[catalogue.getEnforcementlevel()];
  const allDisabled = configs.get("all")?.getEnforcementlevel() === wire("disabled");
  if (level !== "disabled" || allDisabled) catalogue?.setEnforcementlevel(wire("advisory"));
}
