import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";
import { readEvent } from "./events";

const manifests = (
  name: string,
  policy: string,
  kind: "Deployment" | "DaemonSet",
  pod = "",
): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  externalTrafficPolicy: ${policy}
  selector: { app: ${name} }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  ${kind === "Deployment" ? "replicas: 4" : ""}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { ${pod} containers: [{ name: web, image: web, resources: { requests: { cpu: 500m } } }] }
`;

const SPREAD =
  "affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: web } }, topologyKey: kubernetes.io/hostname }] } },";

const files = folder({
  "cluster.yaml": 'kubernetesVersion: "1.36"\nnodes: [{ count: 4, zones: [a], cpu: "4", memory: 16Gi }]\n',
  "web.yaml": manifests("web", "Local", "Deployment", SPREAD),
  "agents.yaml": manifests("agents", "Local", "DaemonSet"),
});
afterAll(() => files.remove());
const file = (name: string): string => join(files.path, name);
const on = (name: string, ...more: readonly string[]) =>
  evenkeel(["estimate", file(name), "--cluster", file("cluster.yaml"), "--trials", "3", ...more]);

interface Document {
  readonly estimates: readonly { side: string; schedulerMessage?: string; pending: { worst: number } }[];
  readonly disruptions: readonly {
    side: string;
    events: readonly { sentence: string }[];
    schedulerMessage?: string;
    pending: { worst: number };
    fullLossSeconds: { worst: number };
    assumptions: readonly { sentence: string }[];
  }[];
}

const documentOf = (out: string): Document => JSON.parse(out) as Document;

describe("an event is read", () => {
  test.each<[string, unknown]>([
    ["rollout", { kind: "rollout" }],
    ["rollout@30", { kind: "rollout", at: 30 }],
    ["scale=0", { kind: "scale", replicas: 0 }],
    [
      "drain=ip-10-0-1-7.eu-west-1.compute.internal",
      { kind: "drain", node: "ip-10-0-1-7.eu-west-1.compute.internal" },
    ],
    ["lose=node-2@1.5", { kind: "loseNode", node: "node-2", at: 1.5 }],
    ["add=2", { kind: "addNodes", count: 2 }],
  ])("%s", (text, event) => {
    expect(readEvent(text)).toEqual(event);
  });

  test.each([
    ["rolout", 'wanted rollout, scale=N, drain=NODE, lose=NODE or add=N; did you mean "rollout"?'],
    ["", "wanted rollout, scale=N"],
    ["constructor", "wanted rollout, scale=N"],
    ["drain", "drain: wanted drain=NODE"],
    ["drain=", "drain=: wanted drain=NODE"],
    ["rollout=web", "rollout takes no value"],
    ["scale=-1", "scale=-1: wanted a whole number from 0 to 100000"],
    ["scale=1e3", "wanted a whole number"],
    ["add=0", "add=0: wanted a whole number from 1 to 100000"],
    ["rollout@soon", "rollout@soon: wanted seconds after @, as in rollout@30"],
  ])("or refused: %j", (text, told) => {
    expect(() => readEvent(text)).toThrow(told);
  });
});

describe("estimate --during", () => {
  it("says what a rollout loses, and how a typical trial goes", async () => {
    const { code, out } = await on("agents.yaml", "--during", "rollout", "--ready-seconds", "30");
    expect(code).toBe(0);
    expect(out).toContain("during rollout on 4 nodes in 1 zone: 3 trials, seed 1");
    // One node after another: 20 s of a quarter, then of a third while the node before is not back.
    expect(out).toContain("as if all were for 25 s");
    expect(out).toMatch(/before +4 +4 +0 % +1\.00/);
    expect(out).toContain("a pod is ready 30 s after it has a node");
  });

  it("takes several events in order, with times of their own, and nodes that were added before", async () => {
    const events = ["--during", "rollout", "--during", "add=1@500", "--during", "drain=added-1"];
    const { out } = await on("web.yaml", ...events, "--format", "json");
    const { disruptions } = documentOf(out);
    expect(
      disruptions.map(({ side, events: happened }) => [side, happened.map(({ sentence }) => sentence)]),
    ).toEqual([
      ["external", ["rollout", "add 1 node at 500 s", "drain added-1"]],
      ["internal", ["rollout", "add 1 node at 500 s", "drain added-1"]],
    ]);
  });

  it("holds a drain to the budget, and the times to what is given", async () => {
    const run = async (...more: readonly string[]) =>
      documentOf((await on("agents.yaml", "--during", "rollout", "--format", "json", ...more)).out);
    const free = await run();
    const kept = await run("--serving-seconds", "20");
    expect(free.disruptions[0]?.fullLossSeconds.worst).toBeGreaterThan(0);
    expect(kept.disruptions[0]?.fullLossSeconds.worst).toBe(0);
    const drained = documentOf(
      (await on("web.yaml", "--during", "drain=node-1", "--budget", "minAvailable=100%", "--format", "json"))
        .out,
    );
    expect(drained.disruptions[0]).toMatchObject({ pending: { worst: 0 }, fullLossSeconds: { worst: 0 } });
  });

  it("tells a pod that finds no node in the scheduler's words", async () => {
    const schedulerMessage = "0/4 nodes are available: 4 node(s) didn't match pod anti-affinity rules.";
    const { out } = await on("web.yaml", "--during", "scale=6");
    expect(out).toMatch(/pods without a node +2: /);
    expect(out).toContain(schedulerMessage);
    const { disruptions, estimates } = documentOf(
      (await on("web.yaml", "--during", "scale=6", "--format", "json")).out,
    );
    expect(disruptions[0]).toMatchObject({ schedulerMessage, pending: { worst: 2 } });
    expect(estimates[0]).not.toHaveProperty("schedulerMessage");
  });

  it("says what has no effect without an event", async () => {
    const { code, err } = await on("web.yaml", "--budget", "minAvailable=2", "--ready-seconds", "5");
    expect(code).toBe(0);
    expect(err).toContain("without --during nothing happens: --ready-seconds, --budget");
  });

  it("refuses events out of order, and says so of a typical trial where nothing changes", async () => {
    const { code, err } = await on("web.yaml", "--during", "scale=6@20", "--during", "scale=3@10");
    expect(code).toBe(2);
    expect(err).toContain("--during scale: at 10 s, and the one before it at 20 s");
    const { out } = await on("web.yaml", "--during", "add=1");
    expect(out).toContain("in a typical trial nothing changes");
  });

  it("reports no disruptions without events", async () => {
    expect(documentOf((await on("web.yaml", "--format", "json")).out).disruptions).toEqual([]);
  });

  it.each<[string, readonly string[], string]>([
    [
      "a node that is not there",
      ["--during", "drain=nod-2"],
      '--during drain=nod-2: no such node; there are node-1, node-2, node-3, node-4; did you mean "node-2"?',
    ],
    ["a node that is added later", ["--during", "lose=added-1", "--during", "add=1"], "no such node"],
    ["an unknown event", ["--during", "rollback"], "wanted rollout, scale=N"],
    ["a time that is none", ["--during", "rollout", "--ready-seconds", "soon"], "ready-seconds are seconds"],
    [
      "a budget that is none",
      ["--during", "rollout", "--budget", "2"],
      "wanted minAvailable=N or maxUnavailable=N",
    ],
  ])("refuses %s", async (_, args, told) => {
    const { code, err, out } = await on("web.yaml", ...args);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(err).not.toContain("defect");
    expect(out).toBe("");
  });

  it("says which Service an event does not fit, and answers for the others", async () => {
    const scale = ["--during", "scale=2"];
    const alone = await on("agents.yaml", ...scale);
    expect(alone).toMatchObject({ code: 2, out: "" });
    expect(alone.err).toContain(
      "evenkeel: Service shop/agents: --during scale: a DaemonSet has no number of replicas",
    );
    const both = await evenkeel([
      "estimate",
      file("agents.yaml"),
      file("web.yaml"),
      "--trials",
      "2",
      "--cluster",
      file("cluster.yaml"),
      ...scale,
    ]);
    expect(both.code).toBe(0);
    expect(both.err).toContain("note: Service shop/agents: --during scale");
    expect(both.out).toContain("during scale to 2");
  });
});

test("an estimate tells how many pods find no node, and why, in both formats", async () => {
  const pinned = folder({
    "big.yaml": manifests("web", "Cluster", "Deployment", "nodeSelector: { disk: ssd },"),
  });
  const path = join(pinned.path, "big.yaml");
  const args = ["estimate", path, "--cluster", file("cluster.yaml"), "--trials", "2"];
  const text = await evenkeel(args);
  const json = await evenkeel([...args, "--format", "json"]);
  pinned.remove();
  const schedulerMessage = "0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.";
  expect(text.out).toMatch(/pods without a node +4: /);
  expect(text.out).toContain(schedulerMessage);
  expect(documentOf(json.out).estimates[0]).toMatchObject({ schedulerMessage, pending: { worst: 4 } });
});
