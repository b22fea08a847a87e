import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { field } from "./command";

const FIXTURES = resolve(__dirname, "../fixtures");
const folders: string[] = [];

afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

/** A copy of the fixtures in which one case is edited, alone. */
function folder(id: string, edit: (asked: Case) => object): string {
  const copy = mkdtempSync(join(tmpdir(), "field-"));
  folders.push(copy);
  cpSync(join(FIXTURES, "small"), copy, { recursive: true });
  const lines = readFileSync(join(copy, "cases.jsonl"), "utf8").trim().split("\n");
  const cases: readonly Case[] = lines.map((line) => JSON.parse(line));
  const asked = cases.find((one) => one.id === id);
  if (!asked) throw new Error(`no case ${id}`);
  writeFileSync(join(copy, "cases.jsonl"), JSON.stringify(edit(asked)));
  return copy;
}

interface Case {
  readonly id: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const expecting =
  (expect: object) =>
  (asked: Case): object => ({ ...asked, expect: { ...asked.expect, ...expect } });

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await field(args, {
    log: (line: string) => out.push(line),
    error: (line: string) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n"), last: out.join("\n").split("\n").at(-1) };
}

test("the fixtures pass, but for the one whose load balancer is not modelled", async () => {
  const { code, out, last } = await run(FIXTURES);
  expect(out).toContain("undecided  small/not-modelled");
  expect(out).toContain("1 undecided");
  expect([code, last]).toEqual([0, "3 passed, 0 failed"]);
});

test("a folder that is not there is no failure, and says so", async () => {
  const { code, out, last } = await run(join(FIXTURES, "none"));
  expect(out).toContain("SKIPPED");
  expect([code, last]).toEqual([0, "0 passed, 0 failed"]);
});

test.each([[[]], [["a", "b"]], [["--help"]]])("%j is no way to run it", async (args) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining("which folder?") });
});

test.each<[string, string, object, string]>([
  ["a violation that is not found", "small/right", { violated: ["U3"] }, "U3 is not reported"],
  ["another level", "small/closed-port", { level: "advisory" }, "health-check"],
  ["a false alarm", "small/closed-port", { absent: ["any"] }, "false alarm"],
  ["a false alarm by name", "small/closed-port", { absent: ["NEW:U3"] }, "false alarm"],
  ["text that is not there", "small/right", { text: ["no such text"] }, 'does not print "no such text"'],
  ["text that must not be there", "small/even", { absent: ["re:hottest"] }, "prints re:hottest"],
  ["another number", "small/even", { numbers: { dropped: 0.5 } }, "dropped is 0; wanted 0.5"],
  ["a number of no such name", "small/even", { numbers: { drops: 0 } }, "expect.numbers.drops: not known"],
  ["a level of no such name", "small/right", { level: "high" }, "expect.level"],
])("%s fails", async (_, id, expect_, reason) => {
  const { code, out, last } = await run(folder(id, expecting(expect_)));
  expect(out).toContain(reason);
  expect([code, last]).toEqual([1, "0 passed, 1 failed"]);
});

test("a case that is safe fails with any mandatory violation", async () => {
  const path = folder("small/closed-port", (asked) => ({ ...asked, safe: true, expect: {} }));
  expect(await run(path)).toMatchObject({ code: 1, out: expect.stringContaining("false alarm") });
});

test("silence about a load balancer that is not modelled is undecided, a false alarm is not", async () => {
  const silent = folder("small/not-modelled", (asked) => ({ ...asked, safe: true, expect: {} }));
  expect(await run(silent)).toMatchObject({ code: 0, last: "0 passed, 0 failed" });
  const unread = folder("small/not-modelled", expecting({ absent: ["re:cannot tell"] }));
  expect(await run(unread)).toMatchObject({ code: 1, last: "0 passed, 1 failed" });
});

test("a command that refuses the input fails", async () => {
  const path = folder("small/right", (asked) => ({ ...asked, args: ["check", "--no-such-option"] }));
  expect(await run(path)).toMatchObject({ code: 1, out: expect.stringContaining("exit status 2") });
});
