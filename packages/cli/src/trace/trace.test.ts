import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";

// The article's own journey: three nodes, one pod on vm1, two on vm3, an NLB in front.

const scene = (policy: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  externalTrafficPolicy: ${policy}
  selector: { app: web }
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: "", port: 80 }]
endpoints:
  - { addresses: [198.51.100.1], nodeName: vm1, conditions: { ready: true }, targetRef: { kind: Pod, name: pod1 } }
  - { addresses: [198.51.100.2], nodeName: vm3, conditions: { ready: true }, targetRef: { kind: Pod, name: pod2 } }
  - { addresses: [198.51.100.3], nodeName: vm3, conditions: { ready: true }, targetRef: { kind: Pod, name: pod3 } }
---
{ apiVersion: v1, kind: Node, metadata: { name: vm1 } }
---
{ apiVersion: v1, kind: Node, metadata: { name: vm2 } }
---
{ apiVersion: v1, kind: Node, metadata: { name: vm3 } }
`;

test("under Cluster the packet crosses to another node and back, and the pod sees the node", async () => {
  const { code, out } = await evenkeel(
    ["trace", "-", "--node", "vm1", "--endpoint", "198.51.100.2"],
    scene("Cluster"),
  );
  expect(code).toBe(0);
  expect(out).toContain("3. The packet arrives at vm1, from 203.0.113.9.");
  expect(out).toContain("5. The packet crosses from vm1 to vm3: the extra hop.");
  expect(out).toContain("6. pod2 on vm3 receives it and sees an address of vm1: the client's is hidden.");
  expect(out).toContain("7. The answer goes back from vm3 to vm1.");
});

test("under Local the empty node is left out, the packet stays on its node and the pod sees the client", async () => {
  const { out } = await evenkeel(["trace", "-", "--node", "vm3"], scene("Local"));
  expect(out).toContain("left out: vm2 (0 ready endpoints)");
  expect(out).not.toContain("crosses");
  expect(out).toContain("sees the address 203.0.113.9");
});

test("from a node without endpoint, another node's port under Local is dropped", async () => {
  const { out } = await evenkeel(
    ["trace", "-", "--from", "pod@vm1", "--to", "node-port@vm2"],
    scene("Local"),
  );
  expect(out).toContain("vm2 drops it without an answer");
});

test("--svg writes a picture with every step in it", async () => {
  const files = folder({});
  const file = join(files.path, "way.svg");
  await evenkeel(["trace", "-", "--svg", file], scene("Cluster"));
  expect(existsSync(file)).toBe(true);
  const svg = readFileSync(file, "utf8");
  files.remove();
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  for (const word of ["client", "load balancer", "vm1", "vm2", "vm3", "pod2"]) expect(svg).toContain(word);
});

test.each<[string[], string]>([
  [["--from", "pd@vm1"], 'did you mean "pod"?'],
  [["--from", "pod@vm9"], "no node vm9; wanted one of vm1, vm2, vm3"],
  [["--to", "cluster"], "--to cluster: wanted load-balancer, cluster-ip, node-port"],
  [["--service", "shop/wep"], "no Service shop/wep; say which with --service: shop/web"],
  [["--endpoint", "198.51.100.9"], "198.51.100.9"],
])("mistake %j", async (args, wanted) => {
  const { code, err } = await evenkeel(["trace", "-", ...args], scene("Cluster"));
  expect(code).toBe(2);
  expect(err).toContain(wanted);
});
