import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, frontsOf, NODE_PORT, outcomeOf } from "../row.fixture";

// vultr-cloud-controller-manager vultr/loadbalancers.go @d5f3ab03.

const KEY = "service.beta.kubernetes.io/vultr-loadbalancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const here = { [`${KEY}label`]: "web" };

test.each([
  ["the first node port", here, {}, `TCP on ${NODE_PORT}, 15 s x 5`],
  ["the same under Local", here, local, `TCP on ${NODE_PORT}, 15 s x 5`],
  ["a path makes it HTTP", { [`${KEY}healthcheck-path`]: "/up" }, {}, `HTTP /up on ${NODE_PORT}, 15 s x 5`],
  ["a port is taken as it is written", { [`${KEY}healthcheck-port`]: "80" }, {}, "TCP on 80, 15 s x 5"],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test("a port that is none of the Service's is refused", () => {
  const { missing } = frontsOf(cloudService({ [`${KEY}healthcheck-port`]: "32000" }));
  expect(missing[0]?.refused?.seen).toBe("32000");
});

test.each([
  [{ [`${KEY}proxy-protocol`]: "true" }, "v2", "address"],
  [{ [`${KEY}proxy-protocol`]: "maybe" }, "off", "address"],
  [{ [`${KEY}hostname`]: "lb.example.org" }, "off", "hostname"],
])("the PROXY header and what is published: %j", (annotations, header, published) => {
  const front = frontOf(cloudService(annotations));
  expect([front.proxyProtocol.value, front.publishes?.value]).toEqual([header, published]);
});

test("it is a proxy, and Local drops nothing in the long run", () => {
  const service = cloudService(here, local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees: "balancer", via: "peer" });
  expect(outcomeOf(service)).toMatchObject({ dropped: { mean: 0 }, targetsHealthy: { mean: 3 } });
});
