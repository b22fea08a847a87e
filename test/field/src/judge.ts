import type { Answer } from "./ask";
import type { ExpectedLevel, FieldCase } from "./field-case";
import { standsFor } from "./names";
import { READINGS, sameValue } from "./numbers";
import type { Finding } from "./report";

/** How an answer compares with what is expected; `docs`: the README of this folder. */
export type Outcome = "passed" | "failed" | "undecided";

export interface Judgement {
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
}

/** What is not as expected: a right thing is `missing`, or a `wrong` one is said. */
interface Fault {
  readonly kind: "missing" | "wrong";
  readonly what: string;
}

export function judge(asked: FieldCase, answer: Answer): Judgement {
  const faults = faultsOf(asked, answer);
  const reasons = faults.map(({ what }) => what);
  if (answer.notModelled && faults.every(({ kind }) => kind === "missing")) {
    if (faults.length > 0) return { outcome: "undecided", reasons };
    if (asked.safe)
      return { outcome: "undecided", reasons: ["silent, but the load balancer is not modelled"] };
  }
  return { outcome: faults.length > 0 ? "failed" : "passed", reasons };
}

function faultsOf(asked: FieldCase, answer: Answer): readonly Fault[] {
  return [
    ...refused(answer),
    ...violation(asked, answer),
    ...falseAlarms(asked, answer),
    ...texts(asked, answer),
    ...numbers(asked, answer),
  ];
}

/** Exit status 2 and 3: the input is refused, or the program failed. */
function refused({ run }: Answer): readonly Fault[] {
  if (run.code < 2) return [];
  return [{ kind: "missing", what: `exit status ${run.code}: ${run.err.trim().split("\n")[0] ?? ""}` }];
}

function violation({ expect }: FieldCase, { findings }: Answer): readonly Fault[] {
  const { violated, level, alsoAccept } = expect;
  if (violated.length === 0) return [];
  const named = findings.filter((one) => violated.some((name) => standsFor(one, name)));
  const wanted = [level, alsoAccept].filter((one) => one !== undefined);
  const isRight = (one: ExpectedLevel | undefined) =>
    one !== undefined && (wanted.length === 0 ? one !== "unknown" : wanted.includes(one));
  if (named.some((one) => isRight(levelOf(one)))) return [];
  const what = `${violated.join(", ")}${level ? ` (${level})` : ""} is not reported`;
  const others = named.filter(({ verdict }) => verdict === "violated");
  if (others.length > 0)
    return [
      {
        kind: "wrong",
        what: `${what}, but ${others.map(({ rule, level }) => `${rule} (${level})`).join(", ")}`,
      },
    ];
  const undecided = named.map(({ rule, message }) => `${rule}: ${message}`);
  return [{ kind: "missing", what: undecided.length > 0 ? `${what}: ${undecided[0]}` : what }];
}

function levelOf({ verdict, level }: Finding): ExpectedLevel | undefined {
  if (verdict === "exempted") return undefined;
  return verdict === "violated" ? level : "unknown";
}

function falseAlarms({ safe, expect }: FieldCase, { findings, run }: Answer): readonly Fault[] {
  const violations = findings.filter(({ verdict }) => verdict === "violated");
  const alarms = violations.filter(
    (one) =>
      (safe && one.level === "mandatory") ||
      expect.absent.some(
        (name) =>
          name === "any" || (name === "mandatory" && one.level === "mandatory") || standsFor(one, name),
      ),
  );
  const printed = expect.absent.filter((name) => name.startsWith("re:") && prints(run, name));
  return [
    ...alarms.map(({ rule, level }): Fault => ({ kind: "wrong", what: `false alarm: ${rule} (${level})` })),
    ...printed.map((name): Fault => ({ kind: "wrong", what: `prints ${name}` })),
  ];
}

function texts({ expect }: FieldCase, { run }: Answer): readonly Fault[] {
  return expect.text
    .filter((wanted) => !prints(run, wanted))
    .map((wanted): Fault => ({ kind: "missing", what: `does not print ${JSON.stringify(wanted)}` }));
}

function prints({ out, err }: Answer["run"], wanted: string): boolean {
  const printed = `${out}\n${err}`;
  return wanted.startsWith("re:")
    ? new RegExp(wanted.slice("re:".length), "im").test(printed)
    : printed.toLowerCase().includes(wanted.toLowerCase());
}

function numbers({ expect }: FieldCase, { estimate }: Answer): readonly Fault[] {
  return Object.entries(expect.numbers).flatMap(([name, wanted]): readonly Fault[] => {
    const reading = READINGS[name];
    if (!reading)
      throw new Error(`expect.numbers.${name}: not known; wanted one of ${Object.keys(READINGS).join(", ")}`);
    const seen = estimate && reading(estimate);
    if (seen === undefined) return [{ kind: "missing", what: `${name} is unknown` }];
    if (sameValue(wanted, seen)) return [];
    return [{ kind: "wrong", what: `${name} is ${JSON.stringify(seen)}; wanted ${JSON.stringify(wanted)}` }];
  });
}
