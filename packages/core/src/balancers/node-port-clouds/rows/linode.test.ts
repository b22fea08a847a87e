import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, frontsOf, outcomeOf, UDP_PORT } from "../row.fixture";

// linode-cloud-controller-manager cloud/linode/loadbalancers.go @b9aa9012.

const KEY = "service.beta.kubernetes.io/linode-loadbalancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const here = { [`${KEY}throttle`]: "4" };

test.each([
  ["a connection to the node port", here, {}, "TCP on traffic-port, 5 s x 2"],
  ["the same under Local", here, local, "TCP on traffic-port, 5 s x 2"],
  [
    "HTTP on request",
    { [`${KEY}check-type`]: "http", [`${KEY}check-path`]: "/up" },
    {},
    "HTTP /up on traffic-port, 5 s x 2",
  ],
  [
    "times",
    { [`${KEY}check-interval`]: "9", [`${KEY}check-attempts`]: "4" },
    {},
    "TCP on traffic-port, 9 s x 4",
  ],
  ["none on request", { [`${KEY}check-type`]: "none" }, {}, null],
  ["none for UDP", here, { ports: [UDP_PORT] }, null],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test.each([
  [{ [`${KEY}default-proxy-protocol`]: "v2" }, "v2"],
  [{ [`${KEY}port-80`]: '{"proxy-protocol": "v1"}' }, "v1"],
  [{ [`${KEY}default-proxy-protocol`]: "v2", [`${KEY}port-80`]: '{"proxy-protocol": "none"}' }, "off"],
  [{ [`${KEY}port-443`]: '{"proxy-protocol": "v1"}' }, "off"],
])("the PROXY header: %j", (annotations, header) => {
  const front = frontOf(cloudService(annotations));
  expect([front.proxyProtocol.value, front.publishes?.value]).toEqual([header, "address"]);
});

test("a header that does not exist is refused", () => {
  const { missing } = frontsOf(cloudService({ [`${KEY}default-proxy-protocol`]: "v3" }));
  expect(missing[0]?.refused).toMatchObject({ seen: "v3", wanted: "none or v1 or v2" });
});

test("a host name alone on request", () => {
  expect(frontOf(cloudService({ [`${KEY}hostname-only-ingress`]: "true" })).publishes?.value).toBe(
    "hostname",
  );
});

test("it is a proxy: Local does not bring the client's address", () => {
  const service = cloudService(here, local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees: "balancer", via: "peer" });
});

test("Local without a check drops", () => {
  const service = cloudService({ [`${KEY}check-type`]: "none" }, local);
  expect(outcomeOf(service)).toMatchObject({ dropped: { mean: 0.7 }, targetsHealthy: { mean: 10 } });
});
