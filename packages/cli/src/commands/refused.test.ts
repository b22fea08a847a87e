import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";

const service = (name: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector: { app: ${name} }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: web
          image: web
`;
const limits = "          resources: { requests: { cpu: 2 }, limits: { cpu: 500m } }\n";
const gate = "          restartPolicy: Never\n";
const files = folder({
  "bad.yaml": `${service("bad").trimStart()}${limits}`,
  "good.yaml": service("good"),
  "gated.yaml": `${service("gated")}${gate}`,
  "cluster.yaml": "nodes: [{ count: 10, zones: [a] }]\n",
});
const cluster = ["--cluster", join(files.path, "cluster.yaml"), "--trials", "5"];
const path = (name: string): string => join(files.path, name);
afterAll(() => files.remove());

describe.each(["estimate", "decide"])("%s", (command) => {
  test("refuses to compute on what the API server would refuse, in its words, and answers for the others", async () => {
    const { code, out, err } = await evenkeel([command, path("bad.yaml"), path("good.yaml"), ...cluster]);
    expect(code).toBe(2);
    expect(out).toContain("Service shop/good");
    expect(out).not.toContain("shop/bad");
    expect(err.replaceAll(files.path, "")).toBe(
      'evenkeel: /bad.yaml:22: workload-accepted-by-api-server Deployment shop/bad spec.template.spec.containers[0].resources.requests: 2; wanted must be less than or equal to cpu limit of 500m; the API server answers: spec.template.spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 500m; nothing is computed for Service shop/bad\n',
    );
  });

  test("computes what only some versions refuse", async () => {
    const { code, out } = await evenkeel([command, path("gated.yaml"), ...cluster]);
    expect([code, out.includes("Service shop/gated")]).toEqual([0, true]);
    const older = await evenkeel([command, path("gated.yaml"), ...cluster, "--kubernetes-version", "1.33"]);
    expect(older.code).toBe(2);
    expect(older.err).toContain("Forbidden: may not be set for non-init containers");
    expect(older.out).not.toContain("no exposed Service");
  });
});

test("look has findings of it, and no numbers", async () => {
  const { code, out } = await evenkeel(["look", path("bad.yaml"), ...cluster]);
  expect(code).toBe(1);
  expect(out).toContain("workload-accepted-by-api-server");
  expect(out).not.toContain("hottest");
});
