import type { Transition } from "@evenkeel/core/transition";
import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";

const manifest = (policy: string, type = "LoadBalancer"): string => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: ${type}
  ${type === "LoadBalancer" ? "loadBalancerClass: service.k8s.aws/nlb" : ""}
  ${type === "ClusterIP" ? "" : `externalTrafficPolicy: ${policy}`}
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`;

const files = folder({
  "cluster.yaml": 'kubernetesVersion: "1.36"\nnodes: [{ count: 4, zones: [a], cpu: "4", memory: 16Gi }]\n',
  "cluster-web.yaml": manifest("Cluster"),
  "local-web.yaml": manifest("Local"),
  "node-port.yaml": manifest("Cluster", "NodePort"),
  "inside.yaml": manifest("Cluster", "ClusterIP"),
});
afterAll(() => files.remove());
const file = (name: string): string => join(files.path, name);
const on = (name: string, to: string, ...more: readonly string[]) =>
  evenkeel(["switch", file(name), "--to", to, "--cluster", file("cluster.yaml"), "--trials", "3", ...more]);

test("Cluster to Local: what the change alone loses, and the order that loses nothing", async () => {
  const { code, out } = await on("cluster-web.yaml", "Local");
  expect(code).toBe(0);
  expect(out).toMatch(
    /now +nlb-instance, Cluster, checked by TCP on the traffic port, pods see a node's address\n/,
  );
  expect(out).toMatch(
    /afterwards +nlb-instance, Local, checked by HTTP \/healthz on the healthCheckNodePort, pods see the client's address\n/,
  );
  // Two of four nodes have no pod, for the two checks of ten seconds that must fail.
  expect(out).toMatch(
    /at once +new connections lost as if all were for 10 s, up to 50 % of them; 50 % of established ones reset/,
  );
  expect(out).toMatch(/in order +no new connection lost\n/);
  expect(out).toContain("1. remove the nodes without a pod from the load balancer");
  expect(out).toContain("then wait 120 s");
});

test("the same as a document", async () => {
  const { out } = await on("cluster-web.yaml", "ip", "--format", "json", "--deregistration-seconds", "200");
  const [first] = (JSON.parse(out) as { transitions: readonly Transition[] }).transitions;
  expect(first).toMatchObject({
    to: "ip",
    after: { balancer: "nlb-ip" },
    atOnce: { fullLossSeconds: { worst: 30 } },
    inOrder: { fullLossSeconds: { worst: 0 } },
  });
  expect(first?.inOrder.steps[1]?.seconds).toBe(200);
});

test("without a cluster three sizes are answered for, and the steps once", async () => {
  const { out } = await evenkeel(["switch", file("local-web.yaml"), "--to", "instance", "--trials", "2"]);
  expect(out).toContain("nothing to do: it is instance already");
  const ip = await evenkeel(["switch", file("local-web.yaml"), "--to", "ip", "--trials", "2"]);
  expect(ip.out).toMatch(/3 equal nodes +10 equal nodes +30 equal nodes/);
  expect(ip.out.match(/1\. create a second Service/g)).toHaveLength(1);
});

test.each<[string, string, string, string]>([
  ["a misspelled goal", "cluster-web.yaml", "locl", 'did you mean "Local"?'],
  [
    "targets without a load balancer",
    "node-port.yaml",
    "ip",
    "Service shop/web: no load balancer is known in front of it",
  ],
])("%s is refused", async (_, name, to, told) => {
  const { code, err, out } = await on(name, to);
  expect(code).toBe(2);
  expect(err).toContain(told);
  expect(out).toBe("");
});

test("what nothing outside reaches has nothing to switch", async () => {
  const { code, out } = await on("inside.yaml", "Local");
  expect(code).toBe(0);
  expect(out).toContain("no exposed Service in this input");
});

test("a Service of type NodePort has no port to ask under Local, and it is said", async () => {
  const { out } = await on("node-port.yaml", "Local");
  expect(out).toContain("a Service of this type has no healthCheckNodePort under Local");
  expect(out).toContain("afterwards 50 % of new connections are dropped as long as it stays so");
});

test("a workload that the API server would refuse is nothing to compute on", async () => {
  const bad = folder({ "bad.yaml": manifest("Cluster").replace("replicas: 2", "replicas: -2") });
  const { code, err, out } = await evenkeel(["switch", join(bad.path, "bad.yaml"), "--to", "Local"]);
  bad.remove();
  expect(code).toBe(2);
  expect(err).toContain("spec.replicas");
  expect(out).not.toContain("at once");
});

test("the goal has to be said", async () => {
  const { code, err } = await evenkeel(["switch", file("cluster-web.yaml")]);
  expect(code).toBe(2);
  expect(err).toContain("switch: wanted --to and what to switch to: Cluster, Local, instance, ip");
});
