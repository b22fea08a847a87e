import { isDeepStrictEqual } from "node:util";
import { CATALOGUE, expectedFindings, type Outcome, type Rule, type Violated } from ".";
import { readExample, reported } from "./read-example.fixture";

// A test that cannot fail proves nothing. One part of one rule's findings at a time is made wrong here, and the rule's own examples
// must notice.

const WRONG = "something else";

/** What can be wrong with a finding; undefined where the outcome has no such part. */
const PLANTED: Readonly<Record<string, (outcome: Outcome) => Outcome | undefined>> = {
  path: (outcome) => ("at" in outcome ? { ...outcome, at: { ...outcome.at, path: WRONG } } : undefined),
  resource: (outcome) =>
    "at" in outcome
      ? { ...outcome, at: { ...outcome.at, resource: { ...outcome.at.resource, name: "another" } } }
      : undefined,
  seen: ofViolated(() => ({ seen: WRONG })),
  wanted: ofViolated(() => ({ wanted: WRONG })),
  effect: ofViolated(() => ({ effect: WRONG })),
  fix: ofViolated(() => ({ fix: WRONG })),
  patch: ofViolated(({ patch }) => ({ patch: patch === undefined ? WRONG : patch.replace(/\n$/, "!\n") })),
  "no patch": ofViolated(({ patch }) => (patch === undefined ? undefined : { patch: undefined })),
  related: ofViolated(({ related = [], at }) => ({ related: [...related, at.resource] })),
  assumption: ofViolated(({ assumption }) => ({ assumption: assumption === undefined ? WRONG : undefined })),
  facts: (outcome) => ("facts" in outcome ? { ...outcome, facts: [] } : undefined),
  unknown: (outcome) => (outcome.verdict === "unknown" ? { ...outcome, how: WRONG } : undefined),
  missing: (outcome) =>
    outcome.verdict === "notJoined"
      ? { ...outcome, missing: { ...outcome.missing, detail: WRONG } }
      : undefined,
  silence: (outcome) => ("at" in outcome ? { verdict: "ok" } : undefined),
};

function ofViolated(change: (outcome: Violated) => Partial<Violated> | undefined) {
  return (outcome: Outcome): Outcome | undefined => {
    const changed = outcome.verdict === "violated" ? change(outcome) : undefined;
    return outcome.verdict === "violated" && changed ? { ...outcome, ...changed } : undefined;
  };
}

/** The rule with one part of its findings wrong. `touched` tells whether there was such a part at all. */
function planted(rule: Rule, change: (outcome: Outcome) => Outcome | undefined) {
  const state = { touched: false };
  const check = (...args: readonly unknown[]): readonly Outcome[] =>
    // The rule is wrapped without a look at its subject, whose type is lost on the way.
    [...(rule.check as (...args: readonly unknown[]) => Iterable<Outcome>)(...args)].map((outcome) => {
      const changed = change(outcome);
      state.touched ||= changed !== undefined;
      return changed ?? outcome;
    });
  return { rule: { ...rule, check } as Rule, state };
}

describe.each(CATALOGUE.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const { bad, good } = rule.examples();
  const cases = [...bad, ...good].map((example) => ({
    inventory: readExample(example),
    expected: expectedFindings(rule, example),
  }));
  const notices = (wrong: Rule): boolean =>
    cases.some(({ inventory, expected }) => !isDeepStrictEqual(reported([wrong], inventory), expected));

  test("is right as it is", () => {
    expect(notices(rule)).toBe(false);
  });

  test.each(Object.entries(PLANTED))("its examples notice a wrong %s", (part, change) => {
    const { rule: wrong, state } = planted(rule, change);
    const noticed = notices(wrong);
    expect({ part, noticed }).toEqual({ part, noticed: state.touched });
  });

  test("its examples notice a wrong level", () => {
    const level = rule.level === "mandatory" ? "advisory" : "mandatory";
    const decides = rule.examples().bad.some((one) => expectedFindings(rule, one).some(isViolated));
    expect(notices({ ...rule, level })).toBe(decides);
  });
});

function isViolated({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "violated";
}
