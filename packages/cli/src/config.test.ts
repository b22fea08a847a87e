import { REQUIREMENTS } from "@evenkeel/core/decide";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig, withRequired } from "./config";
import { folder } from "./run.fixture";

async function read(text: string): ReturnType<typeof readConfig> {
  const { path, remove } = folder({ "config.yaml": text });
  return readConfig(join(path, "config.yaml"), "2026-11-22").finally(remove);
}

test("requirements at the ends of their ranges are taken", async () => {
  const text = "requirements: { clientAddress: ignored, maxHottest: 1, minNodesServing: 0, maxDropped: 1 }\n";
  expect((await read(text)).requirements).toEqual({
    clientAddress: "ignored",
    maxHottest: 1,
    minNodesServing: 0,
    maxDropped: 1,
  });
});

test.each<[string, string, string]>([
  [
    "less than even",
    "requirements: { maxHottest: 0.9 }",
    "requirements.maxHottest: 0.9; wanted a number, at least 1",
  ],
  ["no number", "requirements: { maxHottest: .nan }", "requirements.maxHottest: NaN; wanted a number"],
  [
    "half a node",
    "requirements: { minNodesServing: 1.5 }",
    "requirements.minNodesServing: 1.5; wanted a whole number",
  ],
  [
    "a percentage",
    "requirements: { maxDropped: 5 }",
    "requirements.maxDropped: 5; wanted a fraction from 0 to 1",
  ],
  [
    "less than nothing",
    "requirements: { maxDropped: -0.1 }",
    "requirements.maxDropped: -0.1; wanted a fraction",
  ],
  ["text", "requirements: { maxDropped: none }", "requirements.maxDropped: none; wanted a fraction"],
  [
    "a key twice",
    "requirements:\n  maxDropped: 0\n  maxDropped: 1\n",
    "requirements.maxDropped: written on line 2 and again on line 3; wanted once",
  ],
  ["two documents", "levels: {}\n---\nlevels: {}\n", "2 documents; wanted one"],
])("%s is refused with path and range", async (_, text, wanted) => {
  await expect(read(text)).rejects.toThrow(wanted);
});

describe("--require", () => {
  const config = async (...required: string[]) =>
    withRequired(await read("requirements: { maxHottest: 1.2, maxDropped: 0.1 }"), required).requirements;

  test("goes over the file", async () => {
    expect(await config("maxHottest=1.4", "clientAddress=ignored", "inClusterClients=true")).toEqual({
      maxHottest: 1.4,
      maxDropped: 0.1,
      clientAddress: "ignored",
      inClusterClients: true,
    });
  });

  test.each([
    ["maxHotest=1", '--require maxHotest: unknown requirement; did you mean "maxHottest"?'],
    ["maxDropped=5", "--require maxDropped: 5; wanted a fraction from 0 to 1"],
    ["maxDropped", "--require maxDropped: wanted key=value"],
    [
      "clientAddress=Required",
      '--require clientAddress: Required; wanted required, preferred, ignored; did you mean "required"?',
    ],
  ])("%s is refused", async (text, wanted) => {
    await expect(config(text)).rejects.toThrow(wanted);
  });
});

test("the published schema says of each requirement what the requirement says of itself", () => {
  const schema = JSON.parse(readFileSync(require.resolve("@evenkeel/rules/schema/report.v1.json"), "utf8"));
  const { properties } = schema.definitions.Requirements;
  for (const [name, { says }] of Object.entries(REQUIREMENTS))
    expect([name, properties[name].description]).toEqual([name, says]);
});
