import { clientAddressOf } from "../../client-address-of";
import { balancerOf } from "../../registry";
import { checkText, cloudService, frontOf, HEALTH_PORT, outcomeOf, UDP_PORT } from "../row.fixture";

// exoscale-cloud-controller-manager exoscale/loadbalancer.go @32c9584f.

const KEY = "service.beta.kubernetes.io/exoscale-loadbalancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const here = { [`${KEY}name`]: "web" };
const http = { [`${KEY}service-healthcheck-mode`]: "http", [`${KEY}service-healthcheck-uri`]: "/healthz" };

test.each([
  ["the health-check node port, over TCP, under Local", here, local, `TCP on ${HEALTH_PORT}, 10 s x 1`],
  ["over HTTP on request", http, local, `HTTP /healthz on ${HEALTH_PORT}, 10 s x 1`],
  ["the node port under Cluster", here, {}, "TCP on traffic-port, 10 s x 1"],
  ["another port", { [`${KEY}service-healthcheck-port`]: "10256" }, {}, "TCP on 10256, 10 s x 1"],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test("Local by the default check: every node passes, and those without a pod drop", () => {
  expect(outcomeOf(cloudService(here, local))).toMatchObject({
    dropped: { mean: 0.7 },
    targetsHealthy: { mean: 10 },
  });
  expect(outcomeOf(cloudService(http, local))).toMatchObject({
    dropped: { mean: 0 },
    targetsHealthy: { mean: 3 },
  });
});

test("it keeps the client's address under Local", () => {
  const service = cloudService(http, local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees: "client", via: "peer" });
});

test.each([
  ["a port of UDP alone", [UDP_PORT], "nowhere"],
  [
    "one that TCP has too",
    [UDP_PORT, { ...UDP_PORT, name: "dns-tcp", protocol: "TCP" as const }],
    "whileServed",
  ],
])("a check over TCP of %s", (_, ports, passes) => {
  const service = cloudService(here, { ports });
  const front = frontOf(service);
  expect(balancerOf(front)?.check(front, service, []).possible).toEqual([passes]);
});
