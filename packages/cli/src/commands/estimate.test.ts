import { SUPPORTED_VERSIONS } from "@evenkeel/core/model";
import { evenkeel } from "../run.fixture";

const INPUT = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 5
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`;

test("--connections says what the hottest pod gets of the requests, in text and JSON", async () => {
  const asked = ["estimate", "-", "--trials", "5", "--connections", "20"];
  const { out } = await evenkeel(asked, INPUT);
  // Twenty connections on five pods, four each on average: the largest count is 6 in the middle, and from 5 to 9 with 95 % (simulated: 0.3 % below, 1.4 % above).
  expect(out).toMatch(
    /with 20 open connections\s+1\.50 × its fair share of the requests, 95 % between 1\.25 and 2\.25/,
  );
  const { estimates } = JSON.parse((await evenkeel([...asked, "--format", "json"], INPUT)).out);
  expect(estimates[0].reuse).toEqual({
    connections: 20,
    within: 0.95,
    hottest: { low: 1.25, median: 1.5, high: 2.25 },
  });
});

test.each(["0", "1.5", "many", "1000000"])("--connections %s is refused", async (number) => {
  const { code, err } = await evenkeel(["estimate", "-", "--connections", number], INPUT);
  expect(code).toBe(2);
  expect(err).toContain("connections is a whole number from 1 to 100000");
});

test("what is not specified is asked, and whether it would change the hottest pod", async () => {
  const { out } = await evenkeel(["estimate", "-", "--trials", "5"], INPUT);
  expect(out).toContain(
    "the number of nodes is not specified but would not change the hottest pod (evaluated with 3 nodes, 10 nodes and 30 nodes)",
  );
  expect(out).toContain(
    `the Kubernetes version is not specified but would not change the hottest pod (evaluated with Kubernetes 1.30 and Kubernetes ${SUPPORTED_VERSIONS.newest})`,
  );
});
