import { join } from "node:path";
import { readConfig } from "./config";
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
