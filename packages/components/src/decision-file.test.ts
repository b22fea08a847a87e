import { decide } from "@evenkeel/test-generators";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, unknown } from "@pulumi/pulumi";
import { NO_PINS, withPinned } from "@evenkeel/core/decide";
import { decidedComponent } from "@evenkeel/adapters";
import {
  InternalService,
  NlbInstanceService,
  type InternalServiceArgs,
  type NlbInstanceServiceArgs,
} from ".";
import { instanceArgs, internalArgs } from "../testing/nlb-args";
import { registered, type Registered } from "../testing/registered";

const CLUSTER = { externalTrafficPolicy: "Cluster", trafficDistribution: null };
const LOCAL = { externalTrafficPolicy: "Local", trafficDistribution: null };

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "evenkeel-"))));
afterEach(() => rmSync(root, { recursive: true }));

const file = (text: string): string => {
  const path = join(root, "choices.json");
  writeFileSync(path, text);
  return path;
};
const choices = (of: object, more: object = {}): string =>
  file(JSON.stringify({ version: 1, choices: of, ...more }));

interface Made {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly component: Registered;
  readonly warnings: readonly string[];
}

async function made(program: () => unknown): Promise<Made> {
  const warnings: string[] = [];
  const resources = await registered(program, { onWarning: (text) => warnings.push(text) });
  const service = resources.find(({ type }) => type === "kubernetes:core/v1:Service");
  const [component] = resources;
  if (!service || !component) throw new Error("nothing was registered");
  return { spec: service.inputs["spec"] as Made["spec"], component, warnings };
}

const web = (more: Partial<NlbInstanceServiceArgs>): Promise<Made> =>
  made(() => new NlbInstanceService("web", { ...instanceArgs, namespace: "shop", ...more }));
const inside = (more: Partial<InternalServiceArgs>): Promise<Made> =>
  made(() => new InternalService("web", { ...internalArgs, namespace: "shop", ...more }));

/** The words of whoever is refused, with the file by its own name. */
async function refusal(more: Partial<NlbInstanceServiceArgs>): Promise<string> {
  const error = await web(more).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error("was not refused");
  return error.message.replaceAll(`${root}/`, "");
}

describe("a choice that was made before", () => {
  it("stays while it meets the requirements, and the program is told what would now be better", async () => {
    expect((await web({})).spec["externalTrafficPolicy"]).toBe("Local");
    const { spec, warnings } = await web({ decisionFile: choices({ "shop/web": CLUSTER }) });
    expect(spec["externalTrafficPolicy"]).toBe("Cluster");
    expect(warnings).toEqual([
      "Cluster is pinned and meets the requirements; Local would now be better by 100 %: the pods see the client's address, which Cluster hides",
    ]);
  });

  it("is said by the output", async () => {
    let said: unknown;
    await registered(() => {
      const component = new NlbInstanceService("web", {
        ...instanceArgs,
        namespace: "shop",
        pinned: { policy: "Cluster" },
      });
      component.decision.apply((decision) => (said = decision));
    });
    expect(said).toMatchObject({
      externalTrafficPolicy: "Cluster",
      chosen: true,
      pinned: { policy: "Cluster", kept: true, better: "Local", betterBy: 1 },
    });
  });

  it("goes when it no longer meets them", async () => {
    const { spec, warnings } = await web({
      decisionFile: choices({ "shop/web": CLUSTER }),
      requirements: { clientAddress: "required" },
    });
    expect(spec["externalTrafficPolicy"]).toBe("Local");
    expect(warnings).toEqual(["Cluster was pinned and no longer meets the requirements"]);
  });

  it("is seen by policies in the place of the file's name", async () => {
    const { component } = await web({ decisionFile: choices({ "shop/web": CLUSTER }) });
    expect(component.inputs).not.toHaveProperty("decisionFile");
    expect(component.inputs["pinned"]).toEqual({ policy: "Cluster" });
    const reading = decidedComponent(component.type, component.inputs, { name: "web" });
    expect(reading?.exposure.service.externalTrafficPolicy).toBe("Cluster");
  });

  it("is found by the name under which the command line decides on the component", async () => {
    const { component } = await web({});
    const reading = decidedComponent(component.type, component.inputs, { name: "web" });
    const pins = withPinned(NO_PINS, reading ? decide(reading.exposure) : []);
    const { spec, warnings } = await web({ decisionFile: file(JSON.stringify(pins)) });
    expect(spec["externalTrafficPolicy"]).toBe("Local");
    expect(warnings).toEqual([]);
  });

  it("may be one for clients inside", async () => {
    const internal = {
      "shop/web": { internalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameZone" },
    };
    const { spec, warnings } = await inside({ decisionFile: choices({ "shop/web": LOCAL }, { internal }) });
    expect(spec).toMatchObject({ internalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameZone" });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Cluster \+ PreferSameZone is pinned .*; Cluster \+ PreferSameNode would now be better/,
      ),
    ]);
    const patient = await inside({ decisionFile: choices({}, { internal }), betterBy: 1 });
    expect(patient.spec["trafficDistribution"]).toBe("PreferSameZone");
  });

  it("is found by the Service's name alone while the namespace is not known", async () => {
    const later = { namespace: output<string>(unknown as unknown as string) };
    const one = choices({ "shop/web": CLUSTER, "shop/other": LOCAL });
    expect((await web({ ...later, decisionFile: one })).spec["externalTrafficPolicy"]).toBe("Cluster");
    const none = await web({ ...later, decisionFile: choices({ "shop/other": LOCAL }) });
    expect(none.warnings.join()).toContain(
      "has no choice for web in any namespace; this run chose by itself",
    );
    const two = choices({ "shop/web": CLUSTER, "test/web": LOCAL });
    expect(await refusal({ ...later, decisionFile: two })).toBe(
      "NlbInstanceService web namespace: not known while the constructor runs, and decisionFile choices.json has shop/web and test/web; wanted a plain text",
    );
  });
});

describe("a file without a choice for this Service", () => {
  it.each([
    [{}, ""],
    [{ "shop/wbe": CLUSTER }, '; did you mean "shop/wbe"?'],
  ])("%j: Auto chooses, and it is said what writes one", async (there, hint) => {
    const { spec, warnings } = await web({ decisionFile: choices(there) });
    expect(spec["externalTrafficPolicy"]).toBe("Local");
    expect(warnings.map((text) => text.replaceAll(`${root}/`, ""))).toEqual([
      `NlbInstanceService web decisionFile: choices.json has no choice for shop/web${hint}; this run chose by itself. \`evenkeel decide PATHS --pin choices.json\` writes one, from manifests, \`pulumi preview --json\` or \`pulumi stack export\``,
    ]);
  });
});

describe("what is refused in a line", () => {
  it.each<[string, () => Partial<NlbInstanceServiceArgs>, string]>([
    [
      "a policy that is given, by the name that was written",
      () => ({ decisionFile: choices({ "shop/web": CLUSTER }), trafficPolicy: "Local" }),
      "decisionFile: given with trafficPolicy Local; wanted trafficPolicy Auto, or no decisionFile",
    ],
    [
      "no file",
      () => ({ decisionFile: join(root, "none.json") }),
      `decisionFile none.json: no such file in ${process.cwd()}; wanted what \`evenkeel decide --pin none.json\` writes`,
    ],
    ["no JSON", () => ({ decisionFile: file("choices: {}") }), "decisionFile choices.json: no JSON: "],
    [
      "another version",
      () => ({ decisionFile: file('{"version":7}') }),
      "decisionFile choices.json: version: 7; wanted 1",
    ],
    [
      "a misspelled policy",
      () => ({ decisionFile: choices({ "shop/web": { ...LOCAL, externalTrafficPolicy: "Lokal" } }) }),
      'decisionFile choices.json: choices["shop/web"].externalTrafficPolicy: Lokal; wanted Cluster, Local; did you mean "Local"?',
    ],
    [
      "a choice and a file",
      () => ({ decisionFile: choices({}), pinned: { policy: "Local" } }),
      "pinned, decisionFile: 2 given; wanted only one of pinned, decisionFile",
    ],
    [
      "a choice for a policy that is given",
      () => ({ pinned: { policy: "Local" }, trafficPolicy: "Cluster" }),
      "pinned: given with trafficPolicy Cluster; wanted trafficPolicy Auto, or no pinned",
    ],
    [
      "Auto as a choice",
      () => ({ pinned: { policy: "Auto" as never } }),
      'pinned.policy: "Auto"; wanted Cluster, Local',
    ],
    ["a margin in percent", () => ({ betterBy: 10 }), "betterBy: 10; wanted a number from 0 to 1"],
  ])("%s", async (_, args, says) => {
    const told = await refusal(args());
    expect(told).toContain(`NlbInstanceService web ${says}`);
    expect(told).not.toContain("\n");
  });
});
