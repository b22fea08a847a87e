import { output, RunError, unknown } from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { internalArgs, workload } from "../testing/nlb-args";
import { registered, undefinedPlaces, UNKNOWN, type Circumstances } from "../testing/registered";
import { InternalService, type InternalServiceArgs } from "./internal-service";

const daemonSet = {
  kind: "DaemonSet",
  labels: { app: "web" },
  spec: { containers: [{ name: "web" }] },
} as const;
const nodes = [{ count: 6, zones: ["a", "b", "c"] }];

/** Arguments as a program without types may have them. */
type Loose = { readonly [K in keyof InternalServiceArgs]?: unknown } & Readonly<Record<string, unknown>>;

const create = (args: Loose = {}) =>
  new InternalService("web", { ...internalArgs, ...args } as InternalServiceArgs);

interface Made {
  readonly types: readonly string[];
  readonly spec: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

async function made(args: Loose = {}, circumstances: Circumstances = {}): Promise<Made> {
  const warnings: string[] = [];
  const resources = await registered(() => create(args), {
    ...circumstances,
    onWarning: (text) => warnings.push(text),
  });
  expect(undefinedPlaces(resources)).toEqual([]);
  const service = resources.find(({ type }) => type === "kubernetes:core/v1:Service");
  const { spec, metadata } = service?.inputs as unknown as Pick<Made, "spec" | "metadata">;
  return { types: resources.map(({ type }) => type), spec, metadata, warnings };
}

/** What the component says once everything is known. */
async function said(args: Loose = {}) {
  let seen: unknown;
  await registered(
    () => {
      const { decision, estimate } = create(args);
      output({ decision, estimate }).apply((value) => (seen = value));
    },
    { preview: false },
  );
  return seen;
}

async function refusal(args: Loose): Promise<string> {
  let thrown: unknown;
  const resources = await registered(() => {
    try {
      create(args);
    } catch (error) {
      thrown = error;
    }
  });
  if (!(thrown instanceof RunError)) throw new Error(`threw ${String(thrown)}, which is no RunError`);
  expect(resources).toEqual([]);
  return thrown.message;
}

describe("what is made", () => {
  it("a Service with a cluster IP, and nothing else", async () => {
    const { types, spec, metadata } = await made({
      namespace: "shop",
      serviceName: "web",
      labels: { team: "shop" },
      annotations: { "example.com/note": "x" },
      sessionAffinity: "ClientIP",
      internalTrafficPolicy: "Cluster",
    });
    expect(types).toEqual(["evenkeel:index:InternalService", "kubernetes:core/v1:Service"]);
    expect(metadata).toEqual({
      namespace: "shop",
      name: "web",
      labels: { team: "shop" },
      annotations: { "example.com/note": "x" },
    });
    expect(spec).toEqual({
      type: "ClusterIP",
      internalTrafficPolicy: "Cluster",
      sessionAffinity: "ClientIP",
      selector: { app: "web" },
      ports: [
        { name: "http", protocol: "TCP", port: 80, targetPort: 8080 },
        { name: "https", protocol: "TCP", port: 443, targetPort: 8443 },
      ],
    });
  });

  it("below the component", async () => {
    const resources = await registered(() => create());
    expect(resources[1]).toMatchObject({ name: "web", parent: "InternalService::web" });
  });

  it("both settings as they are given", async () => {
    const given = { internalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameZone" };
    expect((await made(given)).spec).toMatchObject(given);
    expect((await made({ internalTrafficPolicy: "Local", workload: daemonSet })).spec).toMatchObject({
      internalTrafficPolicy: "Local",
    });
  });
});

describe("Auto", () => {
  const saidWith = async (requirements: object): Promise<unknown> => {
    const { decision } = (await said({ requirements })) as { decision: { rejected: readonly string[] } };
    return decision.rejected;
  };

  it("keeps connections on their node before a DaemonSet, which has a pod on each", async () => {
    const { spec, warnings } = await made({ workload: daemonSet });
    expect(spec).toMatchObject({ internalTrafficPolicy: "Local" });
    expect(spec).not.toHaveProperty("trafficDistribution");
    expect(warnings).toEqual([]);
  });

  it("prefers the node and falls back before a Deployment, even one that is on every node today", async () => {
    const { spec, warnings } = await made();
    expect(spec).toMatchObject({
      internalTrafficPolicy: "Cluster",
      trafficDistribution: "PreferSameNode",
    });
    expect(warnings).toEqual([]);
    expect(await said()).toMatchObject({
      decision: {
        why: expect.arrayContaining([
          "Local is excluded: nothing keeps a pod of a Deployment on every node, and Local drops connections opened on a node without one",
        ]),
      },
    });
  });

  it.each([
    ["1.33", undefined],
    ["1.34", "PreferSameNode"],
  ])("takes what Kubernetes %s has", async (kubernetesVersion, trafficDistribution) => {
    const { spec, warnings } = await made({ cluster: { nodes, kubernetesVersion } });
    expect(spec.internalTrafficPolicy).toBe("Cluster");
    expect(spec.trafficDistribution).toBe(trafficDistribution);
    expect(warnings).toEqual([]);
  });

  it("evens the pods out where too many callers share one, as far as the requirement says", async () => {
    const few = { workload: { ...workload, replicas: 7, spec: { containers: [{ name: "web" }] } } };
    const strict = await made({ ...few, requirements: { maxHottest: 1.01 } });
    expect(strict.spec).toMatchObject({ internalTrafficPolicy: "Cluster" });
    expect(strict.spec).not.toHaveProperty("trafficDistribution");
    const loose = await made({ ...few, requirements: { maxHottest: 100 } });
    expect(loose.spec).toMatchObject({ trafficDistribution: "PreferSameNode" });
  });

  it("weighs the extra hop and the crossing of zones, where a limit is set", async () => {
    const few = { workload: { ...workload, replicas: 3 } };
    const said = await made({ ...few, requirements: { maxCrossNode: 0.1 } });
    expect(said.warnings).toEqual([
      expect.stringMatching(/no traffic policy meets every requirement[^]*take an extra hop to another node/),
    ]);
    expect(await saidWith({ maxCrossZone: 0 })).toContainEqual(
      expect.stringMatching(/^Cluster: 67 % of connections cross to another zone; at most 0 % is allowed/),
    );
    expect(await saidWith({})).not.toContainEqual(expect.stringContaining("another zone"));
  });

  it("keeps a distribution that is given", async () => {
    expect((await made({ trafficDistribution: "PreferSameZone" })).spec).toMatchObject({
      internalTrafficPolicy: "Cluster",
      trafficDistribution: "PreferSameZone",
    });
  });

  it("is what stands where nobody says anything, and may be written out", async () => {
    expect((await made({ internalTrafficPolicy: "Auto" })).spec).toEqual((await made()).spec);
  });
});

describe("what it says", () => {
  it("which policy, why, and what the internal side comes to", async () => {
    expect(await said()).toEqual({
      decision: expect.objectContaining({
        internalTrafficPolicy: "Cluster",
        trafficDistribution: "PreferSameNode",
        chosen: true,
        met: true,
      }),
      estimate: [
        expect.objectContaining({ side: "internal", pods: 6, ports: [80, 443], clientAddress: "client" }),
      ],
    });
  });

  it("how a policy stands that is given, and what Auto would choose", async () => {
    expect(await said({ internalTrafficPolicy: "Cluster" })).toMatchObject({
      decision: {
        internalTrafficPolicy: "Cluster",
        chosen: false,
        met: true,
        why: ["Cluster is given", "Auto would choose Cluster + PreferSameNode"],
      },
    });
  });

  it("that requirements are not met by what is given, if any are stated", async () => {
    const local = {
      workload: { ...daemonSet, spec: { nodeSelector: { disk: "ssd" }, containers: [{ name: "web" }] } },
      cluster: {
        kubernetesVersion: "1.35",
        nodes: [
          { count: 2, labels: { disk: "ssd" } },
          { name: "plain", count: 2 },
        ],
      },
      internalTrafficPolicy: "Local",
    };
    expect((await made(local)).warnings.join()).not.toContain("does not meet every requirement");
    expect((await made({ ...local, requirements: { maxDropped: 0.1 } })).warnings).toContainEqual(
      expect.stringContaining("Local does not meet every requirement\nrejected: Local: "),
    );
  });

  it("that a topology annotation wins over the distribution", async () => {
    const annotations = { "service.kubernetes.io/topology-mode": "Auto" };
    expect((await made({ annotations, trafficDistribution: "PreferSameZone" })).warnings).toEqual([
      expect.stringContaining("one-topology-preference"),
    ]);
  });
});

describe("what is refused, before anything is registered", () => {
  it.each<[Loose, string]>([
    [
      { internalTrafficPolicy: "Lokal" },
      'internalTrafficPolicy: "Lokal"; wanted Auto, Cluster, Local; did you mean "Local"?',
    ],
    [
      { trafficDistribution: "PreferSameRack" },
      'trafficDistribution: "PreferSameRack"; wanted PreferClose, PreferSameZone, PreferSameNode; did you mean "PreferSameZone"?',
    ],
    [{ ports: [] }, "ports: a list; wanted a list of at least 1"],
    [{ ports: undefined }, "ports: missing"],
    [{ requirements: { maxDropped: 2 } }, "requirements.maxDropped: 2; wanted a fraction from 0 to 1"],
    [{ requirements: { minNodesServing: 2 } }, "requirements.minNodesServing: no such argument"],
    [{ requirements: { inClusterClients: true } }, "requirements.inClusterClients: no such argument"],
    [{ workload: undefined }, "workload, deployment, statefulSet, daemonSet: none given; wanted exactly one"],
    [
      {
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 80 },
        ],
      },
      "ports[1].port: 80, as ports[0]; wanted a number of its own for each port",
    ],
    [
      { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
      'annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]: given on a Service that has no load balancer; wanted NlbInstanceService or NlbIpService, or no such annotation',
    ],
  ])("%j", async (args, says) => {
    expect(await refusal(args)).toBe(`InternalService web ${says}`);
  });

  it("Local before a Deployment, in the rule's own words", async () => {
    const fewer = { workload: { ...workload, replicas: 3 }, internalTrafficPolicy: "Local" };
    expect(await refusal(fewer)).toContain("internal-local-covers-every-node");
  });

  it("but not where every node has a pod today: that is a warning", async () => {
    const { spec, warnings } = await made({ internalTrafficPolicy: "Local" });
    expect(spec).toMatchObject({ internalTrafficPolicy: "Local" });
    expect(warnings).toEqual([expect.stringContaining("internal-local-covers-every-node")]);
  });

  it("a distribution that this Kubernetes does not have, in the API server's own words", async () => {
    const said = await refusal({
      cluster: { nodes, kubernetesVersion: "1.33" },
      trafficDistribution: "PreferSameNode",
    });
    expect(said).toContain("service-accepted-by-api-server");
    expect(said).toContain("spec.trafficDistribution");
  });
});

describe("what is not known yet", () => {
  const later = output<number>(unknown as unknown as number);

  it.each<[string, () => Loose]>([
    ["replicas", () => ({ workload: { ...workload, replicas: later } })],
    [
      "a Deployment of the program",
      () => ({ workload: undefined, deployment: new Deployment("web", { spec: output(unknown) as never }) }),
    ],
    ["a size of the cluster", () => ({ cluster: { kubernetesVersion: "1.35", nodes: [{ count: later }] } })],
    ["the version", () => ({ cluster: { nodes }, kubernetesVersion: output(unknown) })],
  ])("%s makes Auto wait, rather than guess", async (_, args) => {
    const resources = await registered(() => create(args()));
    const service = resources.find(({ type }) => type === "kubernetes:core/v1:Service");
    expect(service?.inputs["spec"]).toMatchObject({
      type: "ClusterIP",
      internalTrafficPolicy: UNKNOWN,
      trafficDistribution: UNKNOWN,
    });
  });

  it("leaves a policy that is given", async () => {
    const { spec } = await made({
      internalTrafficPolicy: "Cluster",
      workload: { ...workload, replicas: later },
    });
    expect(spec).toMatchObject({ internalTrafficPolicy: "Cluster" });
    expect(spec).not.toHaveProperty("trafficDistribution");
  });

  it("does not wait for names", async () => {
    expect((await made({ namespace: output(unknown) })).spec).toMatchObject({
      trafficDistribution: "PreferSameNode",
    });
  });

  it("is decided once it is there", async () => {
    const { spec } = await made(
      { workload: output({ ...workload, replicas: output(6) }) },
      { preview: false },
    );
    expect(spec).toMatchObject({ internalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameNode" });
  });
});
