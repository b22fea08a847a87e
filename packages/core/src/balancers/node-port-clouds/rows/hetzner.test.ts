import type { Workload } from "../../../model";
import { workload } from "../../../decide/scene.fixture";
import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, frontsOf, nodeOf, outcomeOf } from "../row.fixture";

// hcloud-cloud-controller-manager internal/hcops/load_balancer.go, internal/config/load_balancer_envs.go @6485324f.

const KEY = "load-balancer.hetzner.cloud/";
const local = { externalTrafficPolicy: "Local" } as const;
const here = { [`${KEY}location`]: "fsn1" };
const manager = (
  environment: Readonly<Record<string, string>>,
  tag = "v1.29.0",
): { workloads: readonly Workload[] } => ({
  workloads: [
    {
      ...workload(1),
      environment,
      template: {
        labels: {},
        spec: {
          containers: [
            {
              name: "ccm",
              requests: {},
              image: `docker.io/hetznercloud/hcloud-cloud-controller-manager:${tag}`,
            },
          ],
        },
      },
    },
  ],
});

test.each([
  ["the node port whatever the policy", here, local, {}, "TCP on traffic-port, 10 s x 3"],
  ["the same under Cluster", here, {}, {}, "TCP on traffic-port, 10 s x 3"],
  [
    "what annotations say",
    {
      [`${KEY}health-check-protocol`]: "http",
      [`${KEY}health-check-port`]: "32000",
      [`${KEY}health-check-http-path`]: "/healthz",
      [`${KEY}health-check-interval`]: "3s",
      [`${KEY}health-check-retries`]: "2",
    },
    local,
    {},
    "HTTP /healthz on 32000, 3 s x 2",
  ],
  [
    "the protocol of the load balancer, once anything is written of the check",
    { [`${KEY}protocol`]: "http", [`${KEY}health-check-interval`]: "15s" },
    {},
    {},
    "HTTP / on traffic-port, 15 s x 3",
  ],
  [
    "what the controller's environment says",
    here,
    {},
    manager({ HCLOUD_LOAD_BALANCERS_HEALTH_CHECK_INTERVAL: "20s" }),
    "TCP on traffic-port, 20 s x 3",
  ],
])("the check: %s", (_, annotations, more, surroundings, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more), surroundings))).toBe(expected);
});

test.each([
  ["by annotation", { [`${KEY}uses-proxyprotocol`]: "true" }, manager({}), "proxyAddress"],
  [
    "by the environment of the controller",
    here,
    manager({ HCLOUD_LOAD_BALANCERS_USES_PROXYPROTOCOL: "true" }),
    "proxyAddress",
  ],
  ["before 1.21 without ipMode", { [`${KEY}uses-proxyprotocol`]: "true" }, manager({}, "v1.20.0"), "address"],
  [
    "with a hostname",
    { [`${KEY}uses-proxyprotocol`]: "true", [`${KEY}hostname`]: "lb.example.org" },
    {},
    "hostname",
  ],
])("the PROXY header %s", (_, annotations, surroundings, published) => {
  const service = cloudService(annotations);
  const front = frontOf(service, surroundings);
  expect(front.proxyProtocol.value).toBe("v2");
  expect(front.publishes?.value).toBe(published);
  expect(clientAddressOf(front, service)).toEqual({ sees: "client", via: "proxyProtocol" });
});

test("an annotation switches off what the environment switches on", () => {
  const service = cloudService({ [`${KEY}uses-proxyprotocol`]: "false" });
  const surroundings = manager({ HCLOUD_LOAD_BALANCERS_USES_PROXYPROTOCOL: "true" });
  expect(frontOf(service, surroundings).proxyProtocol.value).toBe("off");
});

test("it is a proxy: Local does not bring the client's address", () => {
  const service = cloudService(here, local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees: "balancer", via: "peer" });
});

test("Local by its default check: nodes without a pod are out", () => {
  expect(outcomeOf(cloudService(here, local))).toMatchObject({
    dropped: { mean: 0 },
    targetsHealthy: { mean: 3 },
  });
});

test("only nodes that the selector chooses are targets", () => {
  const front = frontOf(cloudService({ [`${KEY}node-selector`]: "pool=web" }));
  expect(front.nodeSelector?.value).toEqual({ matchLabels: { pool: "web" } });
});

test("nodes of the cloud are enough to take a Service without annotations", () => {
  expect(frontOf(cloudService({}), { nodes: [nodeOf("a", "hcloud://42")] }).balancer).toBe("hetzner-cloud");
});

test("a key of another cloud is not what builds the load balancer", () => {
  const foreign = cloudService({
    "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol": "true",
  });
  const front = frontOf(foreign, { nodes: [nodeOf("a", "hcloud://42")] });
  expect([front.balancer, front.proxyProtocol.value]).toEqual(["hetzner-cloud", "off"]);
});

test("it may be told to build none", () => {
  const { fronts, missing } = frontsOf(
    cloudService(here),
    manager({ HCLOUD_LOAD_BALANCERS_ENABLED: "false" }),
  );
  expect(fronts).toEqual([]);
  expect(missing).toMatchObject([
    { detail: "Hetzner Cloud controller manager is configured to build no load balancers" },
  ]);
});

test("a value that the controller refuses", () => {
  const service = cloudService({ [`${KEY}uses-proxyprotocol`]: "on" });
  expect(frontsOf(service)).toMatchObject({
    fronts: [],
    missing: [{ refused: { seen: "on", wanted: "true or false" } }],
  });
});
