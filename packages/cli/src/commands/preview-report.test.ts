import { PassThrough } from "node:stream";
import type { PreviewResult } from "@evenkeel/offline";
import type { IO } from "../io";
import { reportPreview } from "./preview-report";

const nothing: PreviewResult = {
  project: "shop",
  stack: "dev",
  organization: "organization",
  resources: [],
  outputs: {},
  policy: { packs: [], violations: [], remediations: [], notApplicable: [] },
  diagnostics: [],
  outcome: "passed",
};
const options = { policyPack: [], policyPackConfig: [], config: [], trials: 2, seed: 1, format: "json" };

async function reported(result: PreviewResult): Promise<{ out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: process.stdin, stdout, stderr, env: { NO_COLOR: "1" }, today: "2026-11-22" };
  // Streams that are only written to; terminals they are not.
  await reportPreview(io as unknown as IO, result, options, () => {});
  const text = (stream: PassThrough): string => String((stream.read() as Buffer | null) ?? "");
  return { out: text(stdout), err: text(stderr) };
}

test("what the program warns of is told, each once, beside the document", async () => {
  const warning = { severity: "warning", message: "a choice is missing\n" } as const;
  const diagnostics = [warning, { severity: "info", message: "for your information" } as const, warning];
  const { out, err } = await reported({ ...nothing, diagnostics });
  expect(err).toBe("warning: a choice is missing\n");
  expect(JSON.parse(out)).toMatchObject({ findings: [], decisions: [] });
  expect((await reported(nothing)).err).toBe("");
});
