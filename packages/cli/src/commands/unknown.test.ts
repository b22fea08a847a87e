import { evenkeel } from "../run.fixture";

// What is unknown is unknown to every command, by the same statement, and it is no error.

const service = (more: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  ${more}
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
`;

const deployment = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
`;

const NLB = "loadBalancerClass: service.k8s.aws/nlb";
const OTHER = "loadBalancerClass: example.com/lb";

const NO_PODS =
  /^the pods of this Service are not in the input: add the workload that its selector \(app=web\)/;
const NO_CLASS = /^nothing in the input says which load balancer is in front of this Service/;
const NOT_MODELLED =
  /^the behaviour of the load balancer \(loadBalancerClass example\.com\/lb\) is not modelled/;

const COMMANDS = [
  "estimate - --trials 3",
  "estimate - --trials 3 --during rollout",
  "decide - --trials 3",
  "decide - --trials 3 --side both",
  "switch - --trials 3 --to Local",
  "trace -",
  "look - --trials 3",
] as const;

describe.each<[string, string, readonly RegExp[]]>([
  ["no load balancer is named", `${service("")}${deployment}`, [NO_CLASS]],
  ["a class that is not modelled", `${service(OTHER)}${deployment}`, [NOT_MODELLED]],
  ["the pods are not in the input", service(NLB), [NO_PODS]],
  ["neither is known", service(OTHER), [NO_PODS, NOT_MODELLED]],
])("%s", (_, input, wanted) => {
  test.each(COMMANDS)("%s", async (command) => {
    const { code, out } = await evenkeel(command.split(" "), input);
    const unknown = [...new Set([...out.matchAll(/^ +\? unknown: (.*)$/gm)].map(([, said = ""]) => said))];
    for (const one of wanted) expect(unknown).toContainEqual(expect.stringMatching(one));
    for (const one of unknown) expect(wanted.some((text) => text.test(one))).toBe(true);
    // Findings of their own have exit code 1 in `look`; a mistake of usage would be 2.
    expect(code).toBeLessThanOrEqual(command.startsWith("look") ? 1 : 0);
  });
});

test("figures of unknown pods are unknown, not zero", async () => {
  const { out } = await evenkeel(["estimate", "-", "--trials", "3", "--format", "json"], service(NLB));
  const { estimates } = JSON.parse(out) as { estimates: readonly Record<string, unknown>[] };
  expect(estimates.length).toBeGreaterThan(0);
  for (const estimate of estimates)
    for (const figure of ["pods", "pending", "nodesServing", "dropped", "crossNode", "crossZone", "shares"])
      expect(estimate[figure]).toMatchObject({ unknown: true });
});
