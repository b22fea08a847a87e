import type { Finding, Inventory } from "@evenkeel/core/model";
import { runRule, type Answer, type Enforcement } from "./evaluate";
import type { Rule } from "./rule";

export interface Report {
  readonly findings: readonly Finding[];
  /** Undecided verdicts kept out of sight by `onUnknown: ignore`. */
  readonly ignored: number;
}

/** Runs rules on everything, in the order of the catalogue; one mistake is reported once per rule, object, place and file. */
export function check(rules: readonly Rule[], inventory: Inventory, enforcement: Enforcement): Report {
  const findings = new Map<string, Finding>();
  let ignored = 0;
  for (const rule of rules) {
    for (const { findings: some, ignored: more } of askRule(rule, inventory, enforcement)) {
      ignored += more;
      for (const finding of some) {
        // Two files may hold one object each of the same name (overlays): two things to mend under one fingerprint.
        const key = `${finding.fingerprint} ${finding.file ?? ""}`;
        if (!findings.has(key)) findings.set(key, finding);
      }
    }
  }
  return { findings: [...findings.values()], ignored };
}

function askRule(rule: Rule, inventory: Inventory, enforcement: Enforcement): readonly Answer[] {
  const { exposures, workloads = [], resources = {}, texts = [], unjoined = [] } = inventory;
  switch (rule.subject) {
    case "exposure":
      return exposures.map((exposure) =>
        runRule(rule, exposure, enforcement, { resource: exposure.service.ref, path: "" }),
      );
    case "service":
      return exposures.map((exposure) =>
        runRule(rule, exposure, enforcement, { resource: exposure.service.ref, path: "" }),
      );
    case "workload": {
      const selected = exposures.flatMap(({ workloads: behind, cluster }) =>
        behind.map((workload) => ({ workload, cluster })),
      );
      return [...selected, ...workloads].map((one) =>
        runRule(rule, one, enforcement, { resource: one.workload.ref, path: "" }),
      );
    }
    case "inventory":
      return [
        runRule(rule, inventory, enforcement, { resource: { kind: "Inventory", name: "all" }, path: "" }),
      ];
    case "unjoined":
      return unjoined.map((one) => runRule(rule, one, enforcement, { resource: one.ref, path: "" }));
    case "text":
      return texts.map((text) => runRule(rule, text, enforcement, { resource: text.ref, path: "" }));
    default: {
      const { subject } = rule;
      return (resources[subject] ?? []).map((record) =>
        runRule<typeof subject>(rule, record, enforcement, { resource: record.ref, path: "" }),
      );
    }
  }
}
