import { PassThrough } from "node:stream";
import { unknown, type PreviewResult, type PropertyMap, type Resource } from "@evenkeel/offline";
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
  programOutput: "",
  opaque: [],
  outcome: "passed",
};
const options = { policyPack: [], policyPackConfig: [], config: [], trials: 2, seed: 1, format: "json" };

async function reported(result: PreviewResult, format = "json"): Promise<{ out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: process.stdin, stdout, stderr, env: { NO_COLOR: "1" }, today: "2026-11-22" };
  // Streams that are only written to; terminals they are not.
  await reportPreview(io as unknown as IO, result, { ...options, format }, () => {});
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

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;

function resource(type: string, name: string, inputs: PropertyMap): Resource {
  return {
    type,
    name,
    urn: urn(type, name),
    custom: !type.startsWith("evenkeel:"),
    external: false,
    dependencies: [],
    propertyDependencies: {},
    inputs,
    outputs: type.startsWith("evenkeel:") ? {} : inputs,
    protect: false,
    aliases: [],
    options: {
      ignoreChanges: [],
      replaceOnChanges: [],
      additionalSecretOutputs: [],
      hideDiffs: [],
      replaceWith: [],
      customTimeouts: {},
    },
  };
}

const RULE = "local-needs-selector";
const SERVICE = "kubernetes:core/v1:Service";
/** A Local Service without a selector, which the rule is about. */
const bad = resource(SERVICE, "web", {
  metadata: { name: "web", namespace: "shop" },
  spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80 }] },
});

function packed(level: "mandatory" | "disabled"): PreviewResult {
  const policy = (name: string, of: typeof level | "remediate") =>
    ({ name, level: of, description: name, type: "resource" }) as const;
  const told = { pack: "acme", version: "1.0.0", description: "Names are short.", urn: bad.urn } as const;
  return {
    ...nothing,
    resources: [bad],
    outcome: "blocked",
    policy: {
      packs: [
        { name: "service-traffic", version: "0.1.0", directory: "/a", policies: [policy(RULE, level)] },
        { name: "acme", version: "1.0.0", directory: "/b", policies: [policy("short", "remediate")] },
      ],
      violations: [
        {
          ...told,
          policy: "short",
          level: "mandatory",
          message: "Names are short.\ntoo long",
          stage: "resource",
        },
      ],
      remediations: [{ ...told, policy: "short", before: {}, after: {} }],
      notApplicable: [],
    },
  };
}

describe("what policy packs report", () => {
  test("is in the document, of packs of others too", async () => {
    const { policies } = JSON.parse((await reported(packed("mandatory"))).out);
    expect(policies).toEqual({
      packs: [
        { name: "service-traffic", version: "0.1.0", policies: [{ name: RULE, level: "mandatory" }] },
        { name: "acme", version: "1.0.0", policies: [{ name: "short", level: "remediate" }] },
      ],
      violations: [
        {
          pack: "acme",
          policy: "short",
          level: "mandatory",
          urn: bad.urn,
          message: "Names are short.\ntoo long",
        },
      ],
      remediations: [{ pack: "acme", policy: "short", urn: bad.urn }],
      outcome: "blocked",
    });
    expect(JSON.parse((await reported(nothing)).out)).not.toHaveProperty("policies");
  });

  test("a rule that a pack disables is off in the findings too", async () => {
    const rulesIn = async (result: PreviewResult): Promise<readonly string[]> =>
      JSON.parse((await reported(result)).out).findings.map(({ rule }: { rule: string }) => rule);
    expect(await rulesIn(packed("mandatory"))).toContain(RULE);
    expect(await rulesIn(packed("disabled"))).not.toContain(RULE);
  });

  test("remediations are said to people", async () => {
    expect((await reported(packed("mandatory"), "text")).out).toContain(
      "Service web\n    ~ remediated short",
    );
  });
});

test("the tree has the providers of the program, and none that the engine registers", async () => {
  const providers = ["cluster", "default_4_34_2", "default"].map((name) =>
    resource("pulumi:providers:kubernetes", name, {}),
  );
  const { out } = await reported({ ...nothing, resources: providers }, "text");
  expect(out).toMatch(/pulumi:providers:kubernetes +cluster +create/);
  expect(out).not.toContain("default");
  expect(out).toContain("2 to create");
});

describe("what a preview cannot predict is said in words, not in zeros", () => {
  const component = (more: PropertyMap): Resource =>
    resource("evenkeel:index:NlbInstanceService", "web", {
      scheme: "internal",
      ports: [{ name: "http", port: 80 }],
      pulumiOwned: { vpcId: "vpc-1", subnets: ["subnet-a"] },
      workload: { labels: { app: "web" }, replicas: 2, spec: { containers: [{ name: "web" }] } },
      cluster: { nodes: [{ count: 3 }] },
      ...more,
    });

  test("a policy that waits for a value names it", async () => {
    const workload = { labels: { app: "web" }, replicas: unknown, spec: { containers: [] } };
    const { out, err } = await reported({ ...nothing, resources: [component({ workload })] });
    expect(err).toContain(
      "note: Service web: the external traffic policy is chosen once workload.replicas is known; nothing is predicted for it\n",
    );
    expect(JSON.parse(out)).toMatchObject({ estimates: [], decisions: [] });
  });

  test("pods that fit no modelled node name the label", async () => {
    const spec = { containers: [{ name: "web" }], nodeSelector: { "kubernetes.io/arch": "arm64" } };
    const workload = { labels: { app: "web" }, replicas: 2, spec };
    const { out, err } = await reported({ ...nothing, resources: [component({ workload })] });
    expect(err).toContain(
      "no node has the label kubernetes.io/arch=arm64 of the nodeSelector of Deployment web",
    );
    expect(JSON.parse(out).estimates).toEqual([]);
  });

  test("older names of the kubelet's labels are labels of modelled nodes", async () => {
    const spec = { containers: [{ name: "web" }], nodeSelector: { "beta.kubernetes.io/os": "linux" } };
    const workload = { labels: { app: "web" }, replicas: 2, spec };
    const { out } = await reported({ ...nothing, resources: [component({ workload })] });
    expect(JSON.parse(out).estimates).not.toEqual([]);
  });
});

test("what was not checked is said in the document and beside the verdict", async () => {
  const opaque = [{ type: "eks:index:Cluster", name: "cluster", what: "remoteComponent" }] as const;
  const passed: PreviewResult = { ...packed("mandatory"), outcome: "passed", opaque };
  expect(JSON.parse((await reported(passed)).out).notChecked).toEqual(opaque);
  const { out } = await reported(passed, "text");
  expect(out).toContain("? no mandatory policy is violated in what was checked; not checked: cluster");
});

test("what the program prints is shown, apart from the document", async () => {
  const { out, err } = await reported({ ...nothing, programOutput: "hello\nthere\n" });
  expect(err).toBe("hello\nthere\n");
  expect(JSON.parse(out)).toMatchObject({ findings: [] });
});
