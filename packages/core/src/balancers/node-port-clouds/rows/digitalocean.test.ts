import { clientAddressOf } from "../../client-address-of";
import { balancerOf } from "../../registry";
import {
  checkText,
  cloudService,
  frontOf,
  frontsOf,
  HEALTH_PORT,
  NODE_PORT,
  outcomeOf,
  UDP_PORT,
} from "../row.fixture";

// digitalocean-cloud-controller-manager cloud-controller-manager/do/loadbalancers.go @70d527e3.

const KEY = "service.beta.kubernetes.io/do-loadbalancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const proxy = { [`${KEY}type`]: "REGIONAL" };
const override = { ...proxy, [`${KEY}override-health-check`]: "" };

test.each([
  ["the health-check node port under Local", proxy, local, `HTTP /healthz on ${HEALTH_PORT}, 3 s x 3`],
  ["kube-proxy under Cluster", proxy, {}, "HTTP /healthz on 10256, 3 s x 3"],
  [
    "path and port without the override count for nothing",
    { ...proxy, [`${KEY}healthcheck-path`]: "/x" },
    {},
    "HTTP /healthz on 10256, 3 s x 3",
  ],
  [
    "times need no override",
    { ...proxy, [`${KEY}healthcheck-check-interval-seconds`]: "9" },
    {},
    "HTTP /healthz on 10256, 9 s x 3",
  ],
  ["the override: the first port of TCP", override, local, `TCP on ${NODE_PORT}, 3 s x 3`],
  [
    "a path makes it HTTP",
    { ...override, [`${KEY}healthcheck-path`]: "/x" },
    local,
    `HTTP /x on ${NODE_PORT}, 3 s x 3`,
  ],
  [
    "a port of the Service stands for its node port",
    { ...override, [`${KEY}healthcheck-port`]: "80" },
    local,
    `TCP on ${NODE_PORT}, 3 s x 3`,
  ],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test.each([
  ["a port that is none of the Service's", { [`${KEY}healthcheck-port`]: "8080" }, {}, "8080"],
  ["a port of UDP", { [`${KEY}healthcheck-port`]: "53" }, { ports: [UDP_PORT] }, "53"],
  ["no port of TCP", {}, { ports: [UDP_PORT] }, "not set"],
  ["a type that does not exist", { [`${KEY}type`]: "GLOBAL" }, {}, "GLOBAL"],
])("it refuses %s", (_, annotations, more, seen) => {
  const { fronts, missing } = frontsOf(cloudService({ ...override, ...annotations }, more));
  expect(fronts).toEqual([]);
  expect(missing[0]?.refused?.seen).toBe(seen);
});

test.each([
  ["its own checks never carry the header", proxy, "off"],
  ["overridden ones have what the traffic has", override, undefined],
])("the PROXY header: %s", (_, annotations, onCheck) => {
  const front = frontOf(cloudService({ ...annotations, [`${KEY}enable-proxy-protocol`]: "true" }));
  expect(front.proxyProtocol.value).toBe("v1");
  expect(front.healthCheck?.proxyProtocol?.value).toBe(onCheck);
});

test.each([
  ["pass-through, the default", {}, "client", "loadBalancerAddress", 80],
  ["a proxy", proxy, "balancer", "nodePort", NODE_PORT],
])("%s under Local", (_, annotations, sees, deliversTo, targetPort) => {
  const service = cloudService({ [`${KEY}name`]: "web", ...annotations }, local);
  const front = frontOf(service);
  expect(clientAddressOf(front, service)).toEqual({ sees, via: "peer" });
  expect(balancerOf(front)?.deliversTo(front)).toBe(deliversTo);
  expect(front.targetPort.value).toBe(targetPort);
});

test.each([
  [{}, "address"],
  [{ [`${KEY}enable-proxy-protocol`]: "true" }, "address"],
  [{ [`${KEY}hostname`]: "lb.example.org" }, "hostname"],
])("it never sets ipMode: %j", (annotations, published) => {
  expect(frontOf(cloudService({ ...proxy, ...annotations })).publishes?.value).toBe(published);
});

test("Local: nodes without a pod fail, and a node whose last pod ends is out after 9 s", () => {
  expect(outcomeOf(cloudService(proxy, local))).toMatchObject({
    dropped: { mean: 0 },
    targetsHealthy: { mean: 3 },
    detectionSeconds: 9,
  });
});

test("without node ports a pass-through load balancer works all the same", () => {
  const { nodePort: _, ...port } = { ...UDP_PORT, protocol: "TCP" as const };
  const service = cloudService(
    { [`${KEY}name`]: "web" },
    { allocateLoadBalancerNodePorts: false, ports: [port] },
  );
  expect(outcomeOf(service)).toMatchObject({ dropped: { mean: 0 }, targets: { mean: 10 } });
});
