import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SUPPORTED_VERSIONS } from "@evenkeel/core/model";
import { output, RunError, unknown } from "@pulumi/pulumi";
import { NlbInstanceService, type NlbInstanceServiceArgs } from "./nlb-instance-service";
import { NlbIpService, type NlbIpServiceArgs } from "./nlb-ip-service";
import { instanceArgs, ipArgs, workload } from "../testing/nlb-args";
import { registered } from "../testing/registered";

/** What the constructor says, having seen to it that it says it before anything is registered, and without a stack trace. */
async function refusal(create: () => unknown): Promise<string> {
  let thrown: unknown;
  const resources = await registered(() => {
    try {
      create();
    } catch (error) {
      thrown = error;
    }
  });
  if (!(thrown instanceof RunError)) throw new Error(`threw ${String(thrown)}, which is no RunError`);
  expect(resources).toEqual([]);
  return thrown.message;
}

/** Arguments as a program without types may have them. */
type Loose<T> = { readonly [K in keyof T]?: unknown } & Readonly<Record<string, unknown>>;

const instance = (args: Loose<NlbInstanceServiceArgs>) =>
  refusal(() => new NlbInstanceService("web", { ...instanceArgs, ...args } as NlbInstanceServiceArgs));
const ip = (args: Loose<NlbIpServiceArgs>) =>
  refusal(() => new NlbIpService("web", { ...ipArgs, ...args } as NlbIpServiceArgs));

const later = output<number>(unknown as unknown as number);

it("says all that is wrong at once, and nothing twice", async () => {
  const message = await instance({
    scheme: "internet_facing",
    ports: [
      { name: "http", port: 0 },
      { name: "http", port: 443 },
    ],
    healthCheck: { intervalSeconds: 10, timeoutSeconds: 20 },
    controllerOwned: {},
  });
  expect(
    message.split("\n").map((line) => line.replace(/^NlbInstanceService web /, "").split(": ")[0]),
  ).toEqual(["ports[0].port", "scheme", "controllerOwned, pulumiOwned", "healthCheck.timeoutSeconds"]);
});

describe("arguments that are wrong by themselves", () => {
  it.each<[Loose<NlbInstanceServiceArgs>, string]>([
    [
      { trafficPolicy: "Lokal" },
      'trafficPolicy: "Lokal"; wanted Auto, Cluster, Local; did you mean "Local"?',
    ],
    [
      { scheme: "internet_facing" },
      'scheme: "internet_facing"; wanted internal, internet-facing; did you mean "internet-facing"?',
    ],
    [{ trafficPolcy: "Local" }, 'trafficPolcy: no such argument; did you mean "trafficPolicy"?'],
    [{ scheme: undefined }, "scheme: missing"],
    [{ ports: [] }, "ports: a list; wanted a list of at least 1"],
    [{ ports: [{ name: "http", port: 0 }] }, "ports[0].port: 0; wanted a whole number from 1 to 65535"],
    [
      { ports: [{ name: "http", prot: 80 }] },
      'ports[0].port: missing\nNlbInstanceService web ports[0].prot: no such argument; did you mean "port"?',
    ],
    [
      { healthCheck: { intervalSeconds: 4 } },
      "healthCheck.intervalSeconds: 4; wanted a whole number from 5 to 300",
    ],
    [
      { requirements: { clientAddress: "require" } },
      'requirements.clientAddress: "require"; wanted required, preferred, ignored; did you mean "required"?',
    ],
    [{ pulumiOwned: { vpcId: "vpc-1" } }, "pulumiOwned.subnets: missing"],
    [
      { cluster: { nodes: [{ count: 3, zone: ["a"] }] } },
      'cluster.nodes[0].zone: unknown key; wanted name, count, min, max, zones, cpu, memory, pods, load, labels, taints; did you mean "zones"?',
    ],
    [
      { cluster: { nodes: [], kubernetesVersion: "1.3x" } },
      `cluster.kubernetesVersion: 1.3x; wanted a version such as ${SUPPORTED_VERSIONS.newest}`,
    ],
    [{ workload: { replicas: 3 } }, "workload.labels: missing"],
  ])("%j", async (args, says) => {
    expect(await instance(args)).toBe(`NlbInstanceService web ${says}`);
  });

  it("no arguments at all", async () => {
    const none = undefined as unknown as NlbIpServiceArgs;
    expect(await refusal(() => new NlbIpService("api", none))).toBe(
      "NlbIpService api arguments: nothing; wanted a record",
    );
  });

  it("are all told at once", async () => {
    const said = await instance({ trafficPolicy: "Lokal", crossZone: "yes" });
    expect(said.split("\n")).toHaveLength(2);
  });

  it.each(["trafficPolicy", "sessionAffinity", "healthCheckNodePort"])(
    "%s means nothing behind pods",
    async (argument) => {
      expect(await ip({ [argument]: "Local" })).toContain(`NlbIpService web ${argument}: no such argument`);
    },
  );
});

describe("arguments that are wrong together", () => {
  it.each<[string, Loose<NlbInstanceServiceArgs>, string]>([
    ["no workload", { workload: undefined }, "workload, deployment, statefulSet, daemonSet: none given"],
    [
      "two workloads",
      { deployment: {} },
      "workload, deployment: 2 given; wanted only one of workload, deployment, statefulSet, daemonSet",
    ],
    [
      "two owners of the load balancer",
      { controllerOwned: {} },
      "controllerOwned, pulumiOwned: 2 given; wanted only one",
    ],
    ["no owner of the load balancer", { pulumiOwned: undefined }, "controllerOwned, pulumiOwned: none given"],
    [
      "two owners of the targets",
      { pulumiOwned: { ...instanceArgs.pulumiOwned, targetGroupBinding: {}, autoScalingGroups: ["a"] } },
      "pulumiOwned.targetGroupBinding, autoScalingGroups: 2 given",
    ],
    [
      "one port twice",
      {
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 80 },
        ],
      },
      "ports[1].port: 80, as ports[0]",
    ],
    [
      "one name twice",
      {
        ports: [
          { name: "a", port: 80 },
          { name: "a", port: 81 },
        ],
      },
      "ports[1].name: a, as ports[0]",
    ],
    [
      "two target ports",
      { ports: [{ name: "a", port: 80, targetPort: 80, targetPortName: "http" }] },
      "ports[0].targetPort, targetPortName: 2 given",
    ],
    [
      "a timeout beyond the interval",
      { healthCheck: { intervalSeconds: 5, timeoutSeconds: 6 } },
      "healthCheck.timeoutSeconds: 6; wanted at most the interval, 5",
    ],
    [
      "a path for TCP",
      { healthCheck: { protocol: "TCP", path: "/" }, trafficPolicy: "Cluster" },
      "healthCheck.path: given with protocol TCP",
    ],
    [
      "replicas of a DaemonSet",
      { workload: { ...workload, kind: "DaemonSet" } },
      "workload.replicas: given for a DaemonSet",
    ],
    [
      "a selector that misses the pods",
      { selector: { app: "api" } },
      'selector["app"]: not a label of workload.labels',
    ],
    [
      "a pinned health-check node port under Cluster",
      { trafficPolicy: "Cluster", healthCheckNodePort: 30_003 },
      "healthCheckNodePort: given with trafficPolicy Cluster",
    ],
    [
      "an annotation that an argument stands for",
      { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
      "wanted the argument scheme, which writes it",
    ],
    [
      "an annotation that nobody reads",
      { annotations: { "service.beta.kubernetes.io/aws-load-balancer-eip-allocations": "eip-1" } },
      "given with pulumiOwned, where no controller reads it",
    ],
    [
      "two versions",
      { kubernetesVersion: "1.36" },
      "kubernetesVersion: 1.36; cluster.kubernetesVersion says 1.35; wanted one of them",
    ],
  ])("%s", async (_, args, says) => {
    expect(await instance(args)).toContain(says);
  });
});

describe("what a rule or the API server refuses", () => {
  it.each<[string, Loose<NlbInstanceServiceArgs>, string, string]>([
    [
      "a TCP check under Local",
      { trafficPolicy: "Local", healthCheck: { protocol: "TCP" } },
      "local-needs-http-health-check",
      "healthCheck.protocol: TCP",
    ],
    [
      "a check of the traffic port under Local",
      {
        trafficPolicy: "Local",
        healthCheck: { port: 30_001 },
        ports: [{ name: "http", port: 80, nodePort: 30_001 }],
      },
      "local-needs-http-health-check",
      "healthCheck.port: HTTP /healthz on 30001",
    ],
    [
      "a check of a closed port under Cluster",
      { trafficPolicy: "Cluster", healthCheck: { protocol: "HTTP", path: "/healthz", port: 30_044 } },
      "health-check-port-is-open",
      "healthCheck.port: HTTP /healthz on 30044",
    ],
    [
      "PROXY protocol under Local",
      { trafficPolicy: "Local", proxyProtocol: true },
      "health-check-carries-no-proxy-header",
      "proxyProtocol: PROXY protocol v2",
    ],
    [
      "a distribution that is too new",
      {
        trafficPolicy: "Cluster",
        trafficDistribution: "PreferSameNode",
        cluster: { nodes: [], kubernetesVersion: "1.33" },
      },
      "service-accepted-by-api-server",
      "spec.trafficDistribution",
    ],
  ])("%s", async (_, args, rule, says) => {
    const said = await instance(args);
    expect(said.split("\n")[0]).toContain(rule);
    expect(said).toContain(says);
    expect(said).toContain(`docs/rules/${rule}.md`);
  });

  it("also beside values that are not known yet", async () => {
    const args = {
      trafficPolicy: "Local",
      healthCheck: { protocol: "TCP", intervalSeconds: later },
      workload: { ...workload, replicas: later },
    };
    expect(await instance(args)).toContain(
      "local-needs-http-health-check NlbInstanceService web healthCheck.protocol: TCP",
    );
  });
});

describe("a file with the shape of the cluster", () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "evenkeel-cluster-"))));
  afterAll(() => rmSync(directory, { recursive: true }));

  const fromFile = (text: string): Loose<NlbInstanceServiceArgs> => {
    const clusterFile = join(directory, "cluster.yaml");
    writeFileSync(clusterFile, text);
    return { cluster: undefined, clusterFile };
  };

  it("that is not there", async () => {
    expect(await instance({ cluster: undefined, clusterFile: "nowhere.yaml" })).toBe(
      `NlbInstanceService web clusterFile: nowhere.yaml: no such file in ${process.cwd()}; wanted the shape of a cluster in JSON or YAML`,
    );
  });

  it("that is no YAML", async () => {
    expect(await instance(fromFile("nodes: [\n"))).toMatch(
      /cluster\.yaml: unexpected end of the stream.* \(line 2\); wanted/,
    );
  });

  it("that is misspelt", async () => {
    expect(await instance(fromFile("nodes:\n  - cuont: 3\n"))).toMatch(
      /clusterFile .*cluster\.yaml\.nodes\[0\]\.cuont: unknown key.*did you mean "count"\?/,
    );
  });

  it("beside an argument with the same", async () => {
    expect(await instance({ clusterFile: "cluster.yaml" })).toContain("cluster, clusterFile: ");
  });

  it("reaches policies as the shape that it holds", async () => {
    const args = {
      ...instanceArgs,
      ...fromFile('kubernetesVersion: "1.35"\nnodes: [{ count: 6 }]\n'),
    } as NlbInstanceServiceArgs;
    const [component] = await registered(() => new NlbInstanceService("web", args));
    expect(component?.inputs).toMatchObject({
      cluster: { kubernetesVersion: "1.35", nodes: [{ count: 6 }] },
    });
    expect(component?.inputs).not.toHaveProperty("clusterFile");
  });
});
