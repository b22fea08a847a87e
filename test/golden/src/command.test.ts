import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { golden } from "./command";
import { runFolder } from "./run";
import { SETS } from "./sets";

const FIXTURES = resolve(__dirname, "../fixtures");
const folders: string[] = [];

/** A copy of the fixtures in which some files are rewritten. */
function folder(change: Readonly<Record<string, (text: string) => string>> = {}): string {
  const copy = mkdtempSync(join(tmpdir(), "golden-"));
  folders.push(copy);
  cpSync(FIXTURES, copy, { recursive: true });
  for (const [file, edit] of Object.entries(change))
    writeFileSync(join(copy, file), edit(readFileSync(join(copy, file), "utf8")));
  return copy;
}

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await golden(args, environment, {
    log: (line: string) => out.push(line),
    error: (line: string) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

test("every set agrees on the fixtures, and each of them has cases", async () => {
  const results = await runFolder(FIXTURES, SETS);
  expect(results.filter(({ modelled }) => modelled).map(({ set }) => set)).toEqual(
    SETS.map(({ name }) => name).sort(),
  );
  for (const { disagreements, cases } of results) {
    expect(cases).toBeGreaterThan(0);
    expect(disagreements).toEqual([]);
  }
  const { code, out } = await run([FIXTURES]);
  expect(code).toBe(0);
  expect(out).toMatch(/^set +cases +agree +disagree$/m);
  expect(out).toMatch(/^lbc-services +7 +7 +0$/m);
  expect(out).toMatch(/^weather +1 {2}no model yet$/m);
});

test.each([
  ["lbc-services.jsonl", '"intervalSeconds":10', '"intervalSeconds":11', "targetGroups"],
  ["lbc-services.jsonl", '"scheme":"internal"', '"scheme":"internet-facing"', "scheme"],
  ["lbc-services.jsonl", '"error":"unknown scheme: public"', '"error":null', undefined],
  ["lbc-services.jsonl", '"supported":false', '"supported":true', "outcome"],
  ["lbc-services.jsonl", '"nodeSelector":{"matchLabels"', '"nodeSelector":{"labels"', "nodeSelectors"],
  ["ccm-nlb-health.jsonl", '"port":"10256"', '"port":"10257"', "healthCheck"],
  ["lbc-node-targets.jsonl", '"registered":[{"node":"a"', '"registered":[{"node":"b"', "registered"],
])("a recording of %s that says %s is told from %s", async (file, was, is, field) => {
  const changed = folder({ [file]: (text) => text.replace(was, is) });
  expect(readFileSync(join(changed, file), "utf8")).toContain(is);
  const { code, out } = await run(["--dir", changed]);
  // A refusal without its text is still a refusal: there is no model of a load balancer beside it.
  expect(code).toBe(field === undefined ? 0 : 1);
  if (field !== undefined) expect(out).toContain(`\n    ${field}\n      recorded `);
});

test("a line that cannot be read is a disagreement, and the smallest come first", async () => {
  const broken = folder({
    "lbc-services.jsonl": (text) =>
      `${text.replaceAll('"port":443,"protocol"', '"port":444,"protocol"')}{"id":"half\n{}\n`,
  });
  const { code, out } = await run([broken, "--show", "2"]);
  expect(code).toBe(1);
  expect(out).toMatch(/lbc-services: the smallest 2 of \d+ disagreements\n {2}line 9\n[^]*\n {2}line 8\n/);
});

describe("without anything to compare", () => {
  test.each<[string, string[], Record<string, string>, number, RegExp]>([
    ["no folder", [], {}, 2, /^test:golden: which folder\?.*FOLDER[^\n]*$/],
    ["no folder in CI", [], { CI: "true" }, 0, /SKIPPED/],
    ["a folder that is not there", ["/no/such/folder"], {}, 2, /is no folder/],
    [
      "one in the environment that is not there",
      [],
      { CI: "true", EVENKEEL_GOLDEN: "/no/such" },
      2,
      /is no folder/,
    ],
    ["a folder without recordings", [__dirname], {}, 2, /nothing to compare.*lbc-services\.jsonl/],
  ])("%s", async (...[, args, environment, wanted, said]) => {
    const { code, out, err } = await run(args, environment);
    expect(code).toBe(wanted);
    expect(out + err).toMatch(said);
  });

  test("an argument that means nothing is refused", async () => {
    await expect(run([FIXTURES, "--verbose"])).rejects.toThrow(/--verbose: not known; wanted FOLDER/);
  });
});
