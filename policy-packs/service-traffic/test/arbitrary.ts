import {
  annotatedService,
  deployment,
  KUBE_PROXY_CHECK,
  LOCAL,
  ownService,
  targetGroup,
  TCP_CHECK,
} from "./resources";
import { UNKNOWN, type WireResource } from "./wire";

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError("nothing to pick from");
  return one;
}

/** Resources as people write them, which the mutations start from. */
const BASES: readonly WireResource[] = [
  annotatedService(
    "web",
    { "healthcheck-protocol": "http", "healthcheck-port": "8086", "proxy-protocol": "*" },
    LOCAL,
  ),
  annotatedService("web", { "target-group-attributes": "preserve_client_ip.enabled=true", scheme: null }, {}),
  ownService("web", {
    ...LOCAL,
    loadBalancerSourceRanges: ["10.0.0.0/8"],
    trafficDistribution: "PreferClose",
  }),
  deployment("web"),
  targetGroup("web-http", {
    healthCheck: KUBE_PROXY_CHECK,
    proxyProtocolV2: true,
    targetHealthStates: [{ unhealthyDrainingInterval: 30 }],
  }),
  targetGroup(
    "web-http",
    { healthCheck: TCP_CHECK, tags: { "evenkeel.io/service": "shop/web" } },
    { module: "alb" },
  ),
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name: "web",
    inputs: { loadBalancerType: "network", internal: false, subnets: ["subnet-1"], securityGroups: ["sg-1"] },
  },
  {
    type: "aws:lb/listener:Listener",
    name: "web-http",
    inputs: {
      port: 80,
      protocol: "TCP",
      loadBalancerArn: "arn:lb",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:tg" }],
    },
  },
  {
    type: "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
    name: "web",
    inputs: {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "web", namespace: "shop" },
      spec: { serviceRef: { name: "web", port: 80 }, targetGroupARN: "arn:tg", targetType: "instance" },
    },
  },
  { type: "aws:ec2/instance:Instance", name: "node", inputs: { ami: "ami-1", instanceType: "m5.large" } },
];

const COMPONENT: WireResource = {
  type: "evenkeel:index:NlbInstanceService",
  name: "web",
  inputs: {
    namespace: "shop",
    trafficPolicy: "Local",
    scheme: "internal",
    ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }],
    healthCheck: { intervalSeconds: 10 },
    workload: { labels: { app: "web" }, replicas: 3, spec: { containers: [{ name: "web" }] } },
    cluster: { nodes: [{ count: 10, zones: ["a", "b", "c"] }] },
    controllerOwned: {},
  },
};

const HUGE = "x".repeat(20_000);

function nested(depth: number): unknown {
  return depth === 0
    ? UNKNOWN
    : { [depth % 2 === 0 ? "spec" : "metadata"]: depth % 3 === 0 ? [nested(depth - 1)] : nested(depth - 1) };
}

const ODD: readonly ((random: Random) => unknown)[] = [
  () => undefined,
  () => null,
  () => UNKNOWN,
  () => UNKNOWN,
  () => "",
  () => "undefined",
  () => 0,
  () => -1,
  () => 65536,
  () => 1e308,
  () => 0.5,
  () => true,
  () => [],
  () => ({}),
  () => [[[null]]],
  () => ({ unknown: true }),
  () => ({ unknown: true, path: 3, origin: "x" }),
  () => JSON.parse('{"__proto__": {"port": 1}, "constructor": 2, "toString": null}'),
  () => HUGE,
  (random) => Array.from({ length: 200 }, () => Math.floor(random() * 70_000)),
  (random) =>
    pick(random, [
      "TCP",
      "HTTP",
      "Local",
      "Cluster",
      "instance",
      "ip",
      "true",
      "30081",
      "0030081",
      "200-399",
      "%",
      "-",
    ]),
  () => nested(60),
];

/** A resource with a few fields that nobody would write; `hidden` is put in as a text here and there. */
export function arbitraryResource(random: Random, hidden: string): WireResource {
  // A component's arguments are decided and estimated, which takes as long as a hundred other resources.
  const base = random() < 0.002 ? COMPONENT : pick(random, BASES);
  const inputs: Record<string, unknown> = structuredClone({ ...base.inputs });
  const times = 1 + Math.floor(random() * 6);
  for (let i = 0; i < times; i += 1)
    mutate(inputs, random, random() < 0.3 ? () => hidden : pick(random, ODD));
  return {
    ...base,
    name: pick(random, ["web", "api", "web-http"]),
    inputs: JSON.parse(JSON.stringify(inputs)),
  };
}

function mutate(object: object, random: Random, odd: (random: Random) => unknown): void {
  const keys = Object.keys(object);
  if (keys.length === 0) return;
  const key = pick(random, keys);
  const value: unknown = Reflect.get(object, key);
  if (typeof value === "object" && value !== null && random() < 0.7 && Object.keys(value).length > 0)
    mutate(value, random, odd);
  else if (random() < 0.2) Reflect.set(object, pick(random, ["spec", "type", "port", "extra"]), odd(random));
  else Reflect.set(object, key, odd(random));
}
