import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, HEALTH_PORT, outcomeOf } from "../row.fixture";

const CONFIG = "service.beta.kubernetes.io/upcloud-load-balancer-config";
const local = { externalTrafficPolicy: "Local" } as const;
const config = (properties: object) => ({ [CONFIG]: JSON.stringify({ backends: [{ properties }] }) });

test.each([
  [
    "the health-check node port under Local",
    config({}),
    local,
    `HTTP /healthz on ${HEALTH_PORT}, unknown s x unknown`,
  ],
  ["the node port under Cluster", config({}), {}, "TCP on traffic-port, unknown s x unknown"],
  [
    "what is written of it is not followed",
    config({ health_check_type: "tcp" }),
    local,
    "unknown on unknown, unknown s x unknown",
  ],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test.each([
  [config({ outbound_proxy_protocol: "v2" }), "v2"],
  [config({ outbound_proxy_protocol: "" }), "off"],
  [config({}), "off"],
  [
    { [CONFIG]: '{"a": {"outbound_proxy_protocol": "v1"}, "b": {"outbound_proxy_protocol": "v2"}}' },
    { unknown: true, path: CONFIG },
  ],
])("the PROXY header: %j", (annotations, header) => {
  expect(frontOf(cloudService(annotations)).proxyProtocol.value).toEqual(header);
});

test("it is a proxy, and Local drops nothing", () => {
  const service = cloudService(config({}), local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees: "balancer", via: "peer" });
  expect(outcomeOf(service)).toMatchObject({ dropped: { mean: 0 }, targetsHealthy: { mean: 3 } });
});
