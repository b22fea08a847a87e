import { estimate } from "@evenkeel/test-generators";
import { unknownAt } from "@evenkeel/core/model";
import { readPulumi } from "./pulumi";
import type { PulumiResource } from "../pulumi/resource";

type Json = Readonly<Record<string, unknown>>;

const resource = (type: string, name: string, properties: Json): PulumiResource => ({
  type,
  name,
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  properties,
});
const AWS = "service.beta.kubernetes.io/aws-load-balancer-";
const service = (annotations: Json, spec: Json = {}) =>
  resource("kubernetes:core/v1:Service", "web", {
    metadata: {
      name: "web",
      namespace: "shop",
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [AWS + key, value])),
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      externalTrafficPolicy: "Cluster",
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
      ...spec,
    },
  });
const deployment = resource("kubernetes:apps/v1:Deployment", "web", {
  metadata: { name: "web", namespace: "shop" },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "a", image: "a:1" }] } },
  },
});
/** Two of six nodes are at the edge. */
const nodes = [1, 2, 3, 4, 5, 6].map((index) => ({
  object: {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: `n${index}`,
      labels: { "kubernetes.io/hostname": `n${index}`, ...(index < 3 ? { pool: "edge" } : {}) },
    },
    status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" } },
  },
}));

function external(...resources: readonly PulumiResource[]) {
  const [exposure] = readPulumi([...resources, deployment], { objects: nodes }).exposures;
  const found = exposure && estimate(exposure).find(({ side }) => side === "external");
  if (!found) throw new Error("no estimate");
  return found;
}

const edge = "target-node-labels";

test.each<[string, PulumiResource[], number]>([
  ["AWS Load Balancer Controller", [service({ [edge]: "pool=edge" })], 2],
  [
    "the older cloud provider",
    [service({ type: "nlb", [edge]: "pool=edge" }, { loadBalancerClass: undefined })],
    2,
  ],
  ["nobody", [service({})], 6],
  ["an empty annotation", [service({ [edge]: "" })], 6],
  [
    "IP targets, which do not read it: the pods are the targets",
    [service({ [edge]: "pool=edge", "nlb-target-type": "ip" })],
    4,
  ],
])("nodes chosen by %s", (_name, resources, targets) => {
  expect(external(...resources).targets?.mean).toBe(targets);
});

test("nodes chosen by a TargetGroupBinding", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0123456789abcdef";
  const group = resource("aws:lb/targetGroup:TargetGroup", "web", {
    arn,
    protocol: "TCP",
    port: 30080,
    targetType: "instance",
  });
  const binding = (nodeSelector?: Json) =>
    resource("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "web", {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        serviceRef: { name: "web", port: 80 },
        targetGroupARN: arn,
        targetType: "instance",
        ...(nodeSelector ? { nodeSelector } : {}),
      },
    });
  const own = service({}, { loadBalancerClass: "evenkeel.io/unmanaged" });
  const targets = (nodeSelector?: Json) => external(own, group, binding(nodeSelector)).targets?.mean;
  expect(targets()).toBe(6);
  expect(targets({ matchLabels: { pool: "edge" } })).toBe(2);
  expect(targets({ matchExpressions: [{ key: "pool", operator: "DoesNotExist" }] })).toBe(4);
  expect(targets({})).toBe(6);
});

test("labels that are not known yet keep no node out, and that is reported", () => {
  const { targets, assumptions } = external(service({ [edge]: unknownAt("x") }));
  expect(targets?.mean).toBe(6);
  expect(assumptions).toContainEqual(expect.objectContaining({ code: "node-labels-unknown" }));
  expect(external(service({})).assumptions).toEqual([]);
});
