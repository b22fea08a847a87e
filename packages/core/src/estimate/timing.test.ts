import type { Container, ServicePort, Workload } from "../model";
import { exposure, front, service, workload } from "../decide/scene.fixture";
import { byDefault, given, type Front, type HealthCheck } from "../model";
import { detectionSeconds, servesWhileTerminating, timingOf } from "./timing";

const at = front.targets.at;
const port: ServicePort = { name: "", protocol: "TCP", port: 80, targetPort: 8080 };

function pod(containers: readonly Partial<Container>[], more: Partial<Workload["template"]["spec"]> = {}) {
  const scene = workload(3);
  const named = containers.map((one, index): Container => ({ name: `c${index}`, requests: {}, ...one }));
  return { ...scene, template: { ...scene.template, spec: { containers: named, ...more } } };
}

const app = (preStopSleepSeconds?: number): Partial<Container> => ({
  ports: [{ name: "http", containerPort: 8080 }],
  ...(preStopSleepSeconds === undefined ? {} : { preStopSleepSeconds }),
});
const sidecar: Partial<Container> = { preStopSleepSeconds: 25, ports: [{ containerPort: 9090 }] };

describe("seconds that a terminating pod still serves", () => {
  test.each<[string, Workload, readonly ServicePort[], number]>([
    ["no sleep promises nothing", pod([{}]), [port], 0],
    ["the only container's sleep", pod([{ preStopSleepSeconds: 15 }]), [port], 15],
    ["a sidecar's sleep does not hold the app's SIGTERM back", pod([app(), sidecar]), [port], 0],
    ["the app's own sleep counts, whatever the sidecar does", pod([app(10), sidecar]), [port], 10],
    ["and where the sidecar has none", pod([app(10), {}]), [port], 10],
    ["found by the port's name", pod([app(10), {}]), [{ ...port, targetPort: "http" }], 10],
    ["not by the number of another protocol", pod([app(10), {}]), [{ ...port, protocol: "UDP" }], 0],
    ["without a known owner the least of all", pod([{ preStopSleepSeconds: 20 }, sidecar]), [port], 20],
    [
      "two ports of two containers: the least",
      pod([app(10), sidecar]),
      [port, { ...port, targetPort: 9090 }],
      10,
    ],
    [
      "a native sidecar that owns the port",
      pod([{}], { initContainers: [{ name: "mesh", requests: {}, restartPolicy: "Always", ...app(12) }] }),
      [port],
      12,
    ],
    ["the grace period ends it", pod([app(40)], { terminationGracePeriodSeconds: 20 }), [port], 20],
    ["a template without containers", pod([]), [port], 0],
  ])("%s", (_, one, ports, seconds) => {
    expect(servesWhileTerminating(one, ports)).toBe(seconds);
  });
});

function checked(check: Partial<HealthCheck>, more: Partial<Front> = {}): Front {
  return { ...front, ...more, healthCheck: { ...front.healthCheck!, ...check } };
}

describe("seconds until the balancer notices", () => {
  const local = { ...service, externalTrafficPolicy: "Local" as const, healthCheckNodePort: 31_923 };
  const own = { port: given(31_923, at), protocol: given("HTTP" as const, at) };
  test.each<[string, typeof local | typeof service, Front | undefined, number | undefined]>([
    ["Local over HTTP on the health-check node port", local, checked(own), 30],
    ["Cluster: kube-proxy moves the traffic by itself", service, front, 0],
    ["no front", local, undefined, undefined],
    ["no check", local, { ...front, healthCheck: undefined }, undefined],
    [
      "a PROXY header on the health port: no node passes, so nothing is noticed",
      local,
      checked(own, { proxyProtocol: byDefault("v2", at) }),
      undefined,
    ],
    [
      "TCP on the health port: every node passes for ever",
      local,
      checked({ ...own, protocol: given("TCP", at) }),
      undefined,
    ],
    ["pods as targets: the health check's", local, checked({}, { targets: given("ip", at) }), 30],
  ])("%s", (_, one, stands, seconds) => {
    expect(detectionSeconds({ service: one, workloads: [] }, stands)).toBe(seconds);
  });

  test("what the terminating pods still serve is not lost, by the port that is asked about", () => {
    const scene = exposure(3, 3, { service: local, workloads: [pod([app(10), sidecar])] });
    expect(timingOf(scene, checked(own), [80])).toEqual({ detectionSeconds: 30, lossSeconds: 20 });
    expect(timingOf({ ...scene, workloads: [] }, checked(own), [80])).toMatchObject({ lossSeconds: 30 });
  });

  test.each<[string, number, number, number]>([
    ["it answers no more from the first: the check alone", 0, 30, 30],
    ["it answers for a while, and so does its check", 10, 40, 30],
    ["it is deregistered before its check fails", 100, 120, 20],
    ["it answers until it is deregistered", 120, 120, 0],
    ["and for longer", 300, 120, 0],
  ])("a pod as target: %s", (_, sleeps, detection, loss) => {
    const terminationGracePeriodSeconds = 600;
    const workloads = [pod([app(sleeps)], { terminationGracePeriodSeconds })];
    const scene = exposure(3, 3, { workloads });
    expect(timingOf(scene, checked({}, { targets: given("ip", at) }), [80])).toEqual({
      detectionSeconds: detection,
      lossSeconds: loss,
    });
  });
});
