import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";

const manifest = (replicas: number): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector: { app: web }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;
const files = folder({ "cluster.yaml": 'kubernetesVersion: "1.33"\nnodes: [{ count: 10, zones: [a] }]\n' });
const cluster = ["--cluster", join(files.path, "cluster.yaml")];
afterAll(() => files.remove());

test("the margin is told", async () => {
  expect((await evenkeel(["decide", "-", ...cluster], manifest(14))).out).toMatch(
    /flips to Cluster at 1[567] replicas, [123] away/,
  );
});

test("--pin keeps the choice from run to run, and says when another is better", async () => {
  const pins = join(files.path, "choices.json");
  const first = await evenkeel(["decide", "-", ...cluster, "--pin", pins], manifest(19));
  expect(first.out).toContain("✓ Cluster");
  expect(JSON.parse(readFileSync(pins, "utf8"))).toEqual({
    version: 1,
    choices: { "shop/web": { externalTrafficPolicy: "Cluster", trafficDistribution: null } },
  });
  const second = await evenkeel(["decide", "-", ...cluster, "--pin", pins], manifest(10));
  expect(second.out).toContain("Cluster is pinned and meets the requirements");
  expect(second.out).toContain("Local would now be better");
});

test("--compare weighs nodes against pods as targets", async () => {
  const { out } = await evenkeel(["decide", "-", ...cluster, "--compare"], manifest(10));
  expect(out).toMatch(/1\. AWS NLB with \w+ targets with \w+/);
});

test("--side internal decides for clients inside", async () => {
  const { out } = await evenkeel(["decide", "-", ...cluster, "--side", "internal"], manifest(3));
  expect(out).toContain("internal");
  expect(out).toContain("✗ Local: 70 % of new connections are dropped");
});

test("a file that holds no choices is refused", async () => {
  const { code, err } = await evenkeel(
    ["decide", "-", "--pin", join(files.path, "cluster.yaml")],
    manifest(3),
  );
  expect(code).toBe(2);
  expect(err).toContain("holds no choices; wanted a file written by evenkeel decide --pin");
});
