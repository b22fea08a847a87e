import { clientAddressOf } from "../../client-address-of";
import {
  checkText,
  cloudService,
  frontOf,
  frontsOf,
  HEALTH_PORT,
  nodeOf,
  outcomeOf,
  UDP_PORT,
} from "../row.fixture";

// cloud-provider-openstack pkg/openstack/loadbalancer.go @c453fb7c.

const KEY = "loadbalancer.openstack.org/";
const local = { externalTrafficPolicy: "Local" } as const;
const asked = { [`${KEY}enable-health-monitor`]: "true" };
const conf = (...lines: readonly string[]) => ({
  configFiles: [
    {
      ref: { kind: "Secret", name: "cloud-config" },
      name: "cloud.conf",
      text: ["[Global]", "password = secret", "create-monitor = true", "[LoadBalancer]", ...lines].join("\n"),
    },
  ],
});

test.each([
  ["nothing by default", cloudService({ [`${KEY}class`]: "x" }, local), {}, null],
  [
    "the health-check node port under Local",
    cloudService(asked, local),
    {},
    `HTTP /healthz on ${HEALTH_PORT}, 5 s x 3`,
  ],
  ["the node port under Cluster", cloudService(asked), {}, "TCP on traffic-port, 5 s x 3"],
  [
    "a monitor by cloud.conf",
    cloudService({}),
    conf("create-monitor = true"),
    "TCP on traffic-port, 5 s x 3",
  ],
  ["a setting of another section counts for nothing", cloudService({}), conf(), null],
  [
    "its times",
    cloudService(asked),
    conf("monitor-delay=10s", "monitor-max-retries-down = 2"),
    "TCP on traffic-port, 10 s x 2",
  ],
  [
    "an annotation over them",
    cloudService({ ...asked, [`${KEY}health-monitor-delay`]: "7" }),
    conf(),
    "TCP on traffic-port, 7 s x 3",
  ],
  [
    "ovn knows no HTTP",
    cloudService(asked, local),
    conf("lb-provider = ovn"),
    "TCP on traffic-port, 5 s x 3",
  ],
  [
    "of UDP the type depends on the version of Octavia",
    cloudService(asked, { ...local, ports: [UDP_PORT] }),
    {},
    "unknown on traffic-port, 5 s x 3",
  ],
  [
    "no monitor by annotation",
    cloudService({ [`${KEY}enable-health-monitor`]: "false" }),
    conf("create-monitor"),
    null,
  ],
])("the check: %s", (_, service, surroundings, expected) => {
  expect(checkText(frontOf(service, surroundings))).toBe(expected);
});

test.each([
  ["true", "v1"],
  ["v2", "v2"],
  ["yes", "off"],
])("proxy-protocol %s", (written, header) => {
  const front = frontOf(cloudService({ [`${KEY}proxy-protocol`]: written }));
  expect(front.proxyProtocol.value).toBe(header);
  expect(front.publishes?.value).toBe(header === "off" ? "address" : "proxyAddress");
});

test("no check carries the PROXY header", () => {
  const front = frontOf(cloudService({ ...asked, [`${KEY}proxy-protocol`]: "v2" }, local));
  expect(front.healthCheck?.proxyProtocol?.value).toBe("off");
});

test("a hostname is published in place of the address", () => {
  expect(frontOf(cloudService({ [`${KEY}hostname`]: "lb.example.org" })).publishes?.value).toBe("hostname");
});

test.each([
  ["amphora hides the client under Local too", conf(), { sees: "balancer", via: "peer" }],
  ["ovn keeps it", conf("lb-provider=ovn"), { sees: "client", via: "peer" }],
])("client address: %s", (_, surroundings, expected) => {
  const service = cloudService({}, local);
  expect(clientAddressOf(frontOf(service, surroundings), service)).toEqual(expected);
});

test("Local without a monitor: three of ten nodes have a pod, and the others drop their share", () => {
  const { dropped, targets, targetsHealthy, clientAddress } = outcomeOf(
    cloudService({ [`${KEY}class`]: "x" }, local),
  );
  expect(dropped).toMatchObject({ mean: 0.7 });
  expect([targets, targetsHealthy]).toMatchObject([{ mean: 10 }, { mean: 10 }]);
  expect(clientAddress).toEqual({ sees: "balancer", via: "peer" });
});

test("Local with a monitor: nothing is dropped", () => {
  const { dropped, targetsHealthy, detectionSeconds } = outcomeOf(cloudService(asked, local));
  expect([dropped, targetsHealthy]).toMatchObject([{ mean: 0 }, { mean: 3 }]);
  expect(detectionSeconds).toBe(15);
});

test("without node ports it has no member at all", () => {
  const { nodePort: _, ...port } = UDP_PORT;
  const service = cloudService(asked, {
    allocateLoadBalancerNodePorts: false,
    ports: [{ ...port, protocol: "TCP" }],
  });
  expect(outcomeOf(service)).toMatchObject({ dropped: { mean: 1 }, targets: { mean: 0 } });
});

test.each([
  ["an annotation", cloudService(asked), {}, 1],
  ["the nodes' provider", cloudService({}), { nodes: [nodeOf("a", "openstack:///1")] }, 1],
  [
    "a class, which is somebody else's",
    cloudService(asked, { loadBalancerClass: "metallb.io/metallb" }),
    {},
    0,
  ],
  ["nodes of another cloud", cloudService(asked), { nodes: [nodeOf("a", "hcloud://1")] }, 0],
  ["nothing", cloudService({}), {}, 0],
  ["another type", cloudService(asked, { type: "NodePort" }), {}, 0],
  ["a controller that builds none", cloudService(asked), conf("enabled = false"), 0],
])("who takes it, by %s", (_, service, surroundings, count) => {
  const built = frontsOf(service, surroundings).fronts.filter(({ balancer }) => balancer === "octavia");
  expect(built).toHaveLength(count);
});

test("a PROXY header beside x-forwarded-for is refused", () => {
  const service = cloudService({ [`${KEY}proxy-protocol`]: "v2", [`${KEY}x-forwarded-for`]: "true" });
  expect(frontsOf(service)).toMatchObject({ fronts: [], missing: [{ refused: { seen: "true" } }] });
});
