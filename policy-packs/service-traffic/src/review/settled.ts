import type { Inventory, ObjectRef } from "@evenkeel/core/model";
import { check, type Enforcement, type Report, type Rule } from "@evenkeel/rules";

/** Of an object by itself: no verdict on it changes with what is joined to it. */
function isLone({ subject }: Rule): boolean {
  return subject === "service";
}

/** Whether a report on one resource leaves nothing open that it could ever say by itself. */
export function isCertain(rules: readonly Rule[], { findings, ignored }: Report): boolean {
  const lone = new Set(rules.filter(isLone).map(({ id }) => id));
  return (
    ignored === 0 &&
    findings.every(
      ({ rule, verdict, assumption }) =>
        !lone.has(rule) || (verdict !== "unknown" && verdict !== "notJoined" && assumption === undefined),
    )
  );
}

/** Runs the rules; those about a Service by itself on the Services only of which they are not certain already. */
export function checkUnsettled(
  rules: readonly Rule[],
  inventory: Inventory,
  enforcement: Enforcement,
  isSettled: (service: ObjectRef) => boolean,
): Report {
  const open = inventory.exposures.filter(({ service }) => !isSettled(service.ref));
  if (open.length === inventory.exposures.length) return check(rules, inventory, enforcement);
  const lone = check(rules.filter(isLone), { exposures: open }, enforcement);
  const joined = check(
    rules.filter((rule) => !isLone(rule)),
    inventory,
    enforcement,
  );
  return {
    findings: [...lone.findings, ...joined.findings],
    ignored: lone.ignored + joined.ignored,
  };
}
