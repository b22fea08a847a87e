import type { Endpoint } from "../model/endpoint";
import { unknownAt } from "../model/knowable";
import type { Service } from "../model/service";
import { healthCheckListener, healthCheckNodePortAnswer } from "./health-check";
import { proxyHealthAnswer, type ProxyState, TO_BE_DELETED_TAINT } from "./proxy-health";

// Sources: k/k pkg/proxy/healthcheck/service_health.go and proxy_health.go. What is counted is held against kube-proxy in test/oracle.

const service: Service = {
  ref: { kind: "Service", namespace: "shop", name: "web" },
  labels: {},
  annotations: {},
  type: "LoadBalancer",
  headless: false,
  ports: [],
  externalTrafficPolicy: "Local",
  internalTrafficPolicy: "Cluster",
  healthCheckNodePort: 30021,
  loadBalancerSourceRanges: [],
  sessionAffinity: "None",
  publishNotReadyAddresses: false,
  externalIPs: [],
  ingress: [],
};
const here = (last: number, more: Partial<Endpoint> = {}): Endpoint => ({
  addresses: [`10.244.1.${last}`],
  nodeName: "a",
  ...more,
});
const node = { name: "a" };
const ask = (endpoints: readonly Endpoint[], healthy = true) =>
  healthCheckNodePortAnswer(service, endpoints, node, healthy);

describe("health-check node port", () => {
  test("with two ready endpoints here: 200, the weight, and the body to the letter", () => {
    expect(ask([here(1), here(2)])).toEqual({
      status: 200,
      headers: {
        "Content-Type": "application/json",
        "X-Content-Type-Options": "nosniff",
        "X-Load-Balancing-Endpoint-Weight": "2",
      },
      body: '{\n\t"service": {\n\t\t"namespace": "shop",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 2,\n\t"serviceProxyHealthy": true\n}',
    });
  });
  test.each<[string, Endpoint[], boolean, number, string]>([
    ["none here", [here(1, { nodeName: "b" })], true, 503, "0"],
    [
      "a terminating pod does not count, although it still serves",
      [here(1, { ready: false, serving: true, terminating: true })],
      true,
      503,
      "0",
    ],
    [
      "publishNotReadyAddresses keeps a terminating pod in the count",
      [here(1, { ready: true, terminating: true })],
      true,
      200,
      "1",
    ],
    ["an endpoint of two ports counts once", [here(1), here(1)], true, 200, "1"],
    ["kube-proxy itself unhealthy", [here(1)], false, 503, "1"],
    ["an endpoint without a node is nowhere", [here(1, { nodeName: undefined })], true, 503, "0"],
  ])("%s", (_, endpoints, healthy, status, weight) => {
    const answer = ask(endpoints, healthy);
    expect(answer?.status).toBe(status);
    expect(answer?.headers["X-Load-Balancing-Endpoint-Weight"]).toBe(weight);
    expect(answer?.body).toContain(`"serviceProxyHealthy": ${healthy}`);
  });
  test.each<[string, Partial<Service>]>([
    ["Cluster", { externalTrafficPolicy: "Cluster" }],
    ["NodePort", { type: "NodePort" }],
    ["ClusterIP with external IPs", { type: "ClusterIP", externalIPs: ["203.0.113.5"] }],
    ["headless", { headless: true }],
    ["a Service that lost its port", { healthCheckNodePort: undefined }],
    ["Cluster, whatever the type", { externalTrafficPolicy: "Cluster", type: unknownAt("spec.type") }],
  ])("nobody listens: %s", (_, change) => {
    const changed = { ...service, ...change };
    expect(healthCheckListener(changed)).toBe("nobody");
    expect(healthCheckNodePortAnswer(changed, [here(1)], node, true)).toBeUndefined();
  });
  test("a port that is not allocated yet is listened on all the same", () => {
    const port = unknownAt("spec.healthCheckNodePort");
    expect(healthCheckListener({ ...service, healthCheckNodePort: port })).toEqual({ port, on: "everyNode" });
  });
  test("a policy that is not known leaves it open", () => {
    const policy = unknownAt("spec.externalTrafficPolicy");
    expect(healthCheckListener({ ...service, externalTrafficPolicy: policy })).toEqual(policy);
  });
});

describe("kube-proxy's own health", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const fine: ProxyState = {
    proxiers: { IPv4: { lastUpdated: ago(5) } },
    node: { taints: [], deleting: false },
  };
  const late: ProxyState = { ...fine, proxiers: { IPv4: { lastUpdated: ago(90), pendingSince: ago(60) } } };
  const status = (state: ProxyState) =>
    (["/healthz", "/livez"] as const).map((path) => proxyHealthAnswer(path, state, now).status);

  test("a healthy one, to the letter", () => {
    expect(proxyHealthAnswer("/healthz", fine, now).body).toBe(
      '{"lastUpdated":"2026-03-01T12:00:00Z","currentTime":"2026-03-01T12:00:00Z","nodeEligible":true,"healthy":true,"status":{"IPv4":{"lastUpdated":"2026-03-01T11:59:55Z","healthy":true}}}',
    );
    expect(proxyHealthAnswer("/livez", fine, now).body).not.toContain("nodeEligible");
  });
  test.each<[string, ProxyState, number[]]>([
    ["starting up, nothing done yet", { proxiers: {}, node: { taints: [], deleting: false } }, [200, 200]],
    [
      "an update that waits, but not too long",
      { ...fine, proxiers: { IPv4: { lastUpdated: ago(90), pendingSince: ago(59.9) } } },
      [200, 200],
    ],
    ["an update that waits for 60 seconds", late, [503, 503]],
    [
      "one family late is enough",
      { ...fine, proxiers: { ...late.proxiers, IPv6: { lastUpdated: ago(1) } } },
      [503, 503],
    ],
    ["a node that is being deleted", { ...fine, node: { taints: [], deleting: true } }, [503, 200]],
    ["a node that kube-proxy does not find", { ...fine, node: undefined }, [503, 200]],
    [
      "the autoscaler's taint",
      { ...fine, node: { taints: [{ key: TO_BE_DELETED_TAINT, effect: "NoSchedule" }], deleting: false } },
      [503, 200],
    ],
    [
      "a cordoned node",
      {
        ...fine,
        node: {
          taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }],
          deleting: false,
        },
      },
      [200, 200],
    ],
  ])("%s", (_, state, want) => {
    expect(status(state)).toEqual(want);
  });
  test("an unhealthy one tells when it last kept up; an ineligible node leaves `healthy` true", () => {
    expect(proxyHealthAnswer("/livez", late, now).body).toContain('{"lastUpdated":"2026-03-01T11:58:30Z"');
    expect(proxyHealthAnswer("/healthz", { ...fine, node: undefined }, now).body).toContain(
      '"nodeEligible":false,"healthy":true',
    );
  });
});
