import type { PolicyViolation, PreviewResult } from "@evenkeel/offline";
import type { Paint } from "./paint";

/** What policy packs said, grouped by resource, and the verdict. */
export function renderPolicies({ policy, outcome, opaque }: PreviewResult, paint: Paint): string {
  const packs = policy.packs.map(({ name, version, policies }) => {
    const active = policies.filter(({ level }) => level !== "disabled").length;
    return `  ${name}@${version}  ${active} polic${active === 1 ? "y" : "ies"}`;
  });
  const groups = new Map<string, PolicyViolation[]>();
  for (const violation of policy.violations)
    groups.set(violation.urn, [...(groups.get(violation.urn) ?? []), violation]);
  const told = [...groups].map(([urn, violations]) =>
    [
      `  ${paint.bold(nameOf(urn))}`,
      ...violations.map((violation) => renderViolation(violation, paint)),
    ].join("\n"),
  );
  const remedied = policy.remediations.map(
    ({ urn, policy: name }) => `  ${paint.bold(nameOf(urn))}\n    ${paint.green("~ remediated")} ${name}`,
  );
  const verdict =
    outcome === "blocked"
      ? paint.red("✗ blocked: a mandatory policy is violated")
      : opaque.length > 0
        ? paint.yellow(
            `? no mandatory policy is violated in what was checked; not checked: ${opaque.map(({ name }) => name).join(", ")}`,
          )
        : paint.green("✓ no mandatory policy is violated");
  return [`${paint.bold("Policies")}`, ...packs, ...remedied, ...told, `  ${verdict}`].join("\n");
}

function renderViolation({ level, policy, message, description }: PolicyViolation, paint: Paint): string {
  const mark = level === "mandatory" ? paint.red("✗ mandatory") : paint.yellow("! advisory ");
  // The SDK puts the policy's description before the message; the rule id and the finding say it already.
  const bare = message.startsWith(description) ? message.slice(description.length).trim() : message;
  const text = bare.startsWith(`${policy} `) ? bare.slice(policy.length + 1) : bare;
  return [`    ${mark} ${policy}`, ...text.split("\n").map((line) => `        ${line}`)].join("\n");
}

/** `TargetGroup web-http` from a URN. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1) ?? "";
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
