import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, frontsOf, HEALTH_PORT, outcomeOf } from "../row.fixture";

// scaleway-cloud-controller-manager scaleway/loadbalancers.go:1252-1320 @bddc17f8.

const KEY = "service.beta.kubernetes.io/scw-loadbalancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const here = { [`${KEY}zone`]: "fr-par-1" };
const service = { [`${KEY}health-check-from-service`]: "true" };

test.each([
  ["the node port whatever the policy", here, local, "TCP on traffic-port, 5 s x 5"],
  ["the health-check node port on request", service, local, `HTTP /healthz on ${HEALTH_PORT}, 5 s x 5`],
  [
    "for this port alone",
    { [`${KEY}health-check-from-service`]: "80" },
    local,
    `HTTP /healthz on ${HEALTH_PORT}, 5 s x 5`,
  ],
  ["for another port", { [`${KEY}health-check-from-service`]: "443" }, local, "TCP on traffic-port, 5 s x 5"],
  ["under Cluster there is no such port", service, {}, "TCP on traffic-port, 5 s x 5"],
  [
    "times",
    { [`${KEY}health-check-delay`]: "2s", [`${KEY}health-check-max-retries`]: "3" },
    {},
    "TCP on traffic-port, 2 s x 3",
  ],
  ["a protocol of its own", { [`${KEY}health-check-type`]: "redis" }, {}, "unknown on traffic-port, 5 s x 5"],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test.each([
  [{ [`${KEY}proxy-protocol-v2`]: "*" }, "v2", "proxyAddress"],
  [{ [`${KEY}proxy-protocol-v1`]: "80" }, "v1", "proxyAddress"],
  [{ [`${KEY}proxy-protocol-v2`]: "443" }, "off", "address"],
  [{ [`${KEY}proxy-protocol-v2`]: "true", [`${KEY}ip-mode`]: "VIP" }, "v2", "address"],
  [{ [`${KEY}use-hostname`]: "true" }, "off", "hostname"],
])("the PROXY header and what is published: %j", (annotations, header, published) => {
  const front = frontOf(cloudService(annotations));
  expect([front.proxyProtocol.value, front.publishes?.value]).toEqual([header, published]);
});

test("one port without the header keeps the address with kube-proxy", () => {
  const base = cloudService({ [`${KEY}proxy-protocol-v2`]: "80" });
  const [port] = base.ports;
  const two = { ...base, ports: port ? [port, { ...port, name: "b", port: 443 }] : [] };
  expect(frontOf(two).publishes?.value).toBe("address");
});

test.each([
  ["off by itself", here, "off"],
  ["on request", { [`${KEY}health-check-send-proxy`]: "true" }, "v2"],
  ["never to kube-proxy", { ...service, [`${KEY}health-check-send-proxy`]: "true" }, "off"],
])("the header before checks: %s", (_, annotations, expected) => {
  const front = frontOf(cloudService({ ...annotations, [`${KEY}proxy-protocol-v2`]: "true" }, local));
  expect(front.healthCheck?.proxyProtocol?.value).toBe(expected);
});

test("both versions for one port are refused", () => {
  const both = { [`${KEY}proxy-protocol-v1`]: "80", [`${KEY}proxy-protocol-v2`]: "80" };
  expect(frontsOf(cloudService(both)).fronts).toEqual([]);
});

test("it is a proxy, and Local by its default check drops nothing in the long run", () => {
  const one = cloudService(here, local);
  expect(clientAddressOf(frontOf(one), one)).toEqual({ sees: "balancer", via: "peer" });
  expect(outcomeOf(one)).toMatchObject({ dropped: { mean: 0 }, targetsHealthy: { mean: 3 } });
});
