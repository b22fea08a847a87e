import { clientAddressOf } from "../../client-address-of";
import { checkText, cloudService, frontOf, frontsOf, HEALTH_PORT, outcomeOf } from "../row.fixture";

// oci-cloud-controller-manager pkg/cloudprovider/providers/oci/load_balancer_spec.go @1100ac36.

const NLB = "oci-network-load-balancer.oraclecloud.com/";
const LB = "service.beta.kubernetes.io/oci-load-balancer-";
const local = { externalTrafficPolicy: "Local" } as const;
const network = { "oci.oraclecloud.com/load-balancer-type": "nlb" };

test.each([
  ["the health-check node port under Local", network, local, `HTTP /healthz on ${HEALTH_PORT}, 10 s x 3`],
  ["kube-proxy under Cluster", { [`${LB}shape`]: "flexible" }, {}, "HTTP /healthz on 10256, 10 s x 3"],
  [
    "times in milliseconds",
    { [`${LB}health-check-interval`]: "5000" },
    {},
    "HTTP /healthz on 10256, 5 s x 3",
  ],
  [
    "the other type's keys count for nothing",
    { ...network, [`${LB}health-check-retries`]: "9" },
    {},
    "HTTP /healthz on 10256, 10 s x 3",
  ],
])("the check: %s", (_, annotations, more, expected) => {
  expect(checkText(frontOf(cloudService(annotations, more)))).toBe(expected);
});

test.each([
  ["a network load balancer keeps it", network, "client"],
  ["unless it is told not to", { ...network, [`${NLB}is-preserve-source`]: "false" }, "balancer"],
  ["a load balancer is a proxy", { [`${LB}shape`]: "flexible" }, "balancer"],
])("the client's address under Local: %s", (_, annotations, sees) => {
  const service = cloudService(annotations, local);
  expect(clientAddressOf(frontOf(service), service)).toEqual({ sees, via: "peer" });
});

test("is-preserve-source beside Cluster is refused", () => {
  const { missing } = frontsOf(cloudService({ ...network, [`${NLB}is-preserve-source`]: "true" }));
  expect(missing[0]?.refused?.seen).toBe("true");
});

test("a PROXY header, and what is published", () => {
  const front = frontOf(
    cloudService({
      [`${LB}connection-proxy-protocol-version`]: "2",
      "oci.oraclecloud.com/ingress-ip-mode": "proxy",
    }),
  );
  expect([front.proxyProtocol.value, front.publishes?.value]).toEqual(["v2", "proxyAddress"]);
});

test("Local drops nothing", () => {
  expect(outcomeOf(cloudService(network, local))).toMatchObject({
    dropped: { mean: 0 },
    targetsHealthy: { mean: 3 },
  });
});
