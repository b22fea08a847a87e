import type { ServiceTrafficOptions } from "./options";

/**
 * Whole configurations to start from, as options and (in the folder `presets`) as files for `--policy-pack-config`.
 *
 * @example
 * ```ts
 * new ServiceTraffic({ ...PRESETS.strict, "nlb-scheme-is-explicit": "advisory" });
 * ```
 */
export const PRESETS = {
  /** Each rule at its own level; what cannot be decided is told and blocks nothing. */
  recommended: { catalogue: { onUnknown: "warn" } },
  /** Every rule blocks, and so does what cannot be decided. */
  strict: { all: "mandatory", catalogue: { enforcementLevel: "advisory", onUnknown: "block" } },
  /** Everything is told and nothing blocks. */
  audit: { all: "advisory", catalogue: { onUnknown: "warn" } },
} as const satisfies Readonly<Record<string, ServiceTrafficOptions>>;
