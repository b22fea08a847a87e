import { readPulumi } from "@evenkeel/adapters";
import type { PreviewResult } from "@evenkeel/offline";
import { CATALOGUE, check } from "@evenkeel/rules";
import { previewResources } from "../../../packages/cli/src/input/preview-resources";
import { packFolder } from "../test/pack-folder";
import { VariedProgram, type Variation } from "../test/varied-program";

// What is not known yet is never a reason to block: whatever a preview does not know, a mandatory finding that the known program
// does not have is a false one. The pack and the command are asked about the same preview.

const KNOWN: Variation = { kubeconfig: "known", inputs: "known" };
const VARIATIONS = (["known", "unknown"] as const)
  .flatMap((kubeconfig) =>
    (["known", "namespace", "values", "properties"] as const).map((inputs): Variation => ({
      kubeconfig,
      inputs,
    })),
  )
  .filter(({ kubeconfig, inputs }) => kubeconfig !== "known" || inputs !== "known");

const PROGRAMS = {
  "examples/storefront": "examples/storefront/src/index.ts",
  "examples/storefront-unsafe": "examples/storefront-unsafe/src/index.ts",
  "every component": "policy-packs/service-traffic/test/components-program.ts",
};

const PREVIEW_MILLISECONDS = 90_000;

const pack = packFolder();
afterAll(() => pack.remove());

describe.each(Object.entries(PROGRAMS))("%s", (_, entry) => {
  const program = new VariedProgram(entry);
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    known = new Set(blocking(await program.preview(KNOWN, pack.path)));
  }, PREVIEW_MILLISECONDS);
  afterAll(() => program.remove());

  test.each(VARIATIONS)(
    "kubeconfig $kubeconfig, inputs $inputs",
    async (variation) => {
      const result = await program.preview(variation, pack.path);
      expect(blocking(result).filter((one) => !known.has(one))).toEqual([]);
      expect(result.policy.violations.filter(({ message }) => message.includes("no rule was run"))).toEqual(
        [],
      );
    },
    PREVIEW_MILLISECONDS,
  );
});

/** Everything mandatory, by rule and resource: what the pack reports, and what the command finds without a pack. */
function blocking(result: PreviewResult): readonly string[] {
  const reported = result.policy.violations.filter(({ level }) => level === "mandatory");
  const { findings } = check(CATALOGUE, readPulumi(previewResources(result)), {
    levels: {},
    onUnknown: { all: "ignore" },
    exemptions: [],
    today: "2026-12-01",
  });
  const found = findings.filter(({ level }) => level === "mandatory");
  return [
    ...reported.map(({ policy, urn }) => `the pack: ${policy} ${urn}`),
    ...found.map(({ rule, resource }) => `the command: ${rule} ${resource.urn}`),
  ];
}
