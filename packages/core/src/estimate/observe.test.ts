import { observe } from "@evenkeel/test-generators";
import { exposure, front, service } from "../decide/scene.fixture";
import { byDefault, given, type Endpoint, type Exposure, type Front } from "../model";

const at = front.targets.at;

const on = (node: number, more: Partial<Endpoint> = {}): Endpoint => ({
  addresses: [`192.0.2.${node}`],
  nodeName: `node-${node}`,
  ...more,
});

const ports = [
  { name: "http", protocol: "TCP", port: 80, targetPort: "http", nodePort: 32_080 },
  { name: "https", protocol: "TCP", port: 443, targetPort: "https", nodePort: 32_443 },
  { name: "metrics", protocol: "TCP", port: 9090, targetPort: "metrics", nodePort: 32_090 },
] as const;

const local = {
  ...service,
  ports,
  externalTrafficPolicy: "Local" as const,
  healthCheckNodePort: 31_923,
};

/** One front a port, all of them checked on the health-check node port. */
const fronts = (more: Partial<Front["healthCheck"]> = {}): readonly Front[] =>
  ports.map(({ port, nodePort }) => ({
    ...front,
    servicePort: port,
    targetPort: byDefault(nodePort, at),
    healthCheck: {
      ...front.healthCheck!,
      protocol: given("HTTP", at),
      port: given(31_923, at),
      ...more,
    },
  }));

const scene = (endpoints: Exposure["endpoints"], more: Partial<Exposure> = {}): Exposure =>
  exposure(0, 3, { service: local, fronts: fronts(), workloads: [], endpoints, ...more });

const external = (one: Exposure) => observe(one).filter(({ side }) => side === "external");

test("ports with the same endpoints are told together, in whatever order the slices have them", () => {
  const told = observe(scene({ http: [on(1), on(2)], https: [on(2), on(1)], metrics: [on(1), on(2)] }));
  expect(told.map(({ side, ports: of }) => [side, of])).toEqual([
    ["external", [80, 443, 9090]],
    ["internal", [80, 443, 9090]],
  ]);
});

test("a port with endpoints of its own is told apart, on both sides", () => {
  const told = observe(scene({ http: [on(1), on(2)], https: [on(1), on(2)], metrics: [on(3)] }));
  expect(told.map(({ side, ports: of, pods }) => [side, of, pods])).toEqual([
    ["external", [80, 443], 2],
    ["external", [9090], 1],
    ["internal", [80, 443], 2],
    ["internal", [9090], 1],
  ]);
});

test("the health check is the Service's: a node passes for the endpoint of any port, and drops what the others get", () => {
  const [web, metrics] = external(scene({ http: [on(1), on(2)], https: [on(1), on(2)], metrics: [on(3)] }));
  expect([web?.targetsHealthy?.mean, metrics?.targetsHealthy?.mean]).toEqual([3, 3]);
  expect(web?.dropped.mean).toBeCloseTo(1 / 3, 12);
  expect(metrics?.dropped.mean).toBeCloseTo(2 / 3, 12);
});

test("a check of the traffic port is each port's own, so nothing is dropped", () => {
  const own = { protocol: given("TCP" as const, at), port: given("traffic-port" as const, at) };
  const [web, metrics] = external(
    scene({ http: [on(1), on(2)], https: [on(1), on(2)], metrics: [on(3)] }, { fronts: fronts(own) }),
  );
  expect([web?.targetsHealthy?.mean, metrics?.targetsHealthy?.mean]).toEqual([2, 1]);
  expect([web?.dropped.mean, metrics?.dropped.mean]).toEqual([0, 0]);
});

test("a port without endpoints loses everything, although the others serve", () => {
  const told = external(scene({ http: [on(1)], https: [on(1)] }));
  expect(told.map(({ ports: of, dropped, pods }) => [of, dropped.mean, pods])).toEqual([
    [[80, 443], 0, 1],
    [[9090], 1, 0],
  ]);
});
