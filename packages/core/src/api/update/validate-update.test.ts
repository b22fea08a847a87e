import fc from "fast-check";
import { unknownAt } from "../../model";
import { defaultService, isToBeAllocated, validateService, validateServiceUpdate } from "..";

const CLUSTER = { serviceIPFamilies: ["IPv4"] } as const;
const addressed = {
  clusterIP: "10.96.0.1",
  clusterIPs: ["10.96.0.1"],
  ipFamilies: ["IPv4"],
  ipFamilyPolicy: "SingleStack",
};
const http = { name: "http", port: 80, nodePort: 30080 };
const nodePort = { type: "NodePort", ports: [http], ...addressed };
const balanced = { ...nodePort, type: "LoadBalancer" };
const local = { ...balanced, externalTrafficPolicy: "Local", healthCheckNodePort: 30021 };

function update(stored: object, written: object, options = {}) {
  const of = (spec: object) => ({ metadata: { name: "web", namespace: "shop" }, spec });
  return validateServiceUpdate(of(stored), of(written), { ...CLUSTER, ...options });
}
const texts = (stored: object, written: object) => update(stored, written).errors.map(({ text }) => text);
const without = (spec: object, ...keys: string[]) =>
  Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));

describe("the life of the health-check node port", () => {
  test("is chosen when Local comes to a LoadBalancer", () => {
    const { stored, errors } = update(balanced, { ...balanced, externalTrafficPolicy: "Local" });
    expect(errors).toEqual([]);
    expect(isToBeAllocated(stored.spec.healthCheckNodePort)).toBe(true);
  });

  test("stays for a manifest that does not name it", () => {
    const { stored, errors } = update(local, without(local, "healthCheckNodePort"));
    expect([stored.spec.healthCheckNodePort, errors]).toEqual([30021, []]);
  });

  test("may not change while it is needed", () => {
    expect(texts(local, { ...local, healthCheckNodePort: 30022 })).toEqual([
      "spec.healthCheckNodePort: Forbidden: field is immutable",
    ]);
  });

  test("goes with Local, unless it was changed as well", () => {
    const cluster = { ...local, externalTrafficPolicy: "Cluster" };
    expect(update(local, cluster).stored.spec.healthCheckNodePort).toBeUndefined();
    expect(texts(local, { ...cluster, healthCheckNodePort: 30022 })).toEqual([
      "spec.healthCheckNodePort: Invalid value: 30022: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
  });

  test("cannot be taken from the Service's own node ports", () => {
    expect(update(balanced, { ...local, healthCheckNodePort: 30080 }).refusal).toMatchObject({ code: 500 });
  });
});

describe("a change of type wipes what the new type has no use for", () => {
  test("LoadBalancer to ClusterIP", () => {
    const stored = { ...local, loadBalancerClass: "example.com/lb" };
    const answer = update(stored, { ...stored, type: "ClusterIP", allocateLoadBalancerNodePorts: true });
    expect(answer.errors).toEqual([]);
    const gone = ["nodePort", "externalTrafficPolicy", "healthCheckNodePort", "loadBalancerClass", "allocateLoadBalancerNodePorts"]; // prettier-ignore
    for (const key of gone) expect(answer.stored.spec).not.toHaveProperty(key);
    expect(answer.stored.spec.ports).toEqual([{ name: "http", port: 80, protocol: "TCP", targetPort: 80 }]);
  });

  test("source ranges are not wiped, so the change is refused", () => {
    const stored = { ...balanced, loadBalancerSourceRanges: ["10.0.0.0/8"] };
    expect(texts(stored, { ...stored, type: "NodePort" })).toEqual([
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ]);
  });

  test("an empty family policy is none, where there was none", () => {
    const stored = without(nodePort, "ipFamilyPolicy");
    const written = { ...stored, type: "ExternalName", externalName: "example.com", ipFamilyPolicy: "" };
    expect(texts(stored, written)).toEqual([]);
  });

  test("a policy that was changed as well is refused", () => {
    expect(texts(nodePort, { ...nodePort, type: "ClusterIP", externalTrafficPolicy: "Local" })).toEqual([
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ]);
  });

  test("the addresses of a load balancer go with it", () => {
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };
    const { stored } = validateServiceUpdate({ spec: balanced, status }, { spec: nodePort }, CLUSTER);
    expect(stored.status.loadBalancer).toBeUndefined();
    expect(
      validateServiceUpdate({ spec: balanced, status }, { spec: balanced }, CLUSTER).stored.status,
    ).toEqual({
      loadBalancer: { ingress: [{ ip: "192.0.2.1", ipMode: "VIP" }] },
    });
  });
});

describe("what may not change", () => {
  test.each<[string, object, object, string[]]>([
    ["the class, also from none", balanced, { ...balanced, loadBalancerClass: "example.com/lb" }, [
      'spec.loadBalancerClass: Invalid value: "example.com/lb": may not change once set',
    ]],
    ["the class, also to none", { ...balanced, loadBalancerClass: "example.com/lb" }, balanced, [
      "spec.loadBalancerClass: Invalid value: null: may not change once set",
    ]],
    ["the first address", nodePort, { ...nodePort, clusterIP: "10.96.0.2", clusterIPs: ["10.96.0.2"] }, [
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.2"]: may not change once set',
    ]],
    ["the family", nodePort, { ...nodePort, ipFamilies: ["IPv6"] }, [
      'spec.clusterIPs[0]: Invalid value: "10.96.0.1": expected an IPv6 value as indicated by `ipFamilies[0]`',
    ]],
  ])("%s", (_name, stored, written, expected) => {
    expect(texts(stored, written)).toEqual(expected);
  }); // prettier-ignore

  test("the class may change with the type", () => {
    expect(texts(nodePort, { ...balanced, loadBalancerClass: "example.com/lb" })).toEqual([]);
  });
});

describe("node ports", () => {
  test("stay by the name of their port", () => {
    const { stored } = update(nodePort, { ...nodePort, ports: [{ name: "http", port: 8080 }] });
    expect(stored.spec.ports).toMatchObject([{ port: 8080, nodePort: 30080 }]);
  });

  test("are not shared on update, unlike on create", () => {
    const ports = [http, { name: "udp", port: 80, protocol: "UDP" }];
    const { stored } = update(nodePort, { ...nodePort, ports });
    expect(
      isToBeAllocated(stored.spec.ports && "map" in stored.spec.ports && stored.spec.ports[1]?.nodePort),
    ).toBe(true);
  });

  test("given twice are an error of no field", () => {
    const ports = [http, { name: "b", port: 81, nodePort: 30080 }];
    expect(update(nodePort, { ...nodePort, ports }).refusal).toEqual({
      code: 500,
      reason: "InternalError",
      message: "duplicate nodePort: {TCP 30080}",
    });
  });
});

describe("addresses that older rules let in", () => {
  const stored = { ...balanced, loadBalancerSourceRanges: ["10.0.0.1/8"] };

  test("stay, with a warning, where releases tell old from new", () => {
    const answer = update(stored, { ...stored, sessionAffinity: "ClientIP" });
    expect([answer.errors, answer.warnings]).toEqual([
      [],
      ['spec.loadBalancerSourceRanges[0]: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)'], // prettier-ignore
    ]);
  });

  test("are refused beside them", () => {
    const ranges = ["10.0.0.1/8", "10.1.0.1/16"];
    expect(texts(stored, { ...stored, loadBalancerSourceRanges: ranges })).toEqual([
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "10.1.0.1/16": must not have bits set beyond the prefix length',
    ]);
  });
});

test("an unknown value leaves its check open and no other", () => {
  const loadBalancerClass = unknownAt("class");
  const answer = update(balanced, { ...balanced, loadBalancerClass, ports: [{ ...http, port: 0 }] });
  expect(answer.errors.map(({ path }) => path)).toEqual(["spec.ports[0].port", "spec.ports[0].targetPort"]);
  expect(answer.undecided).toMatchObject([{ path: "spec.loadBalancerClass", unknown: loadBalancerClass }]);
});

test("what is accepted on create is accepted again, as it was written and as it is stored", () => {
  const spec = fc.record(
    {
      type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer"),
      ports: fc.constantFrom([http], [{ port: 53 }], [{ ...http, nodePort: undefined }]),
      externalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
      clusterIP: fc.constantFrom("None", "10.96.0.1"),
      allocateLoadBalancerNodePorts: fc.boolean(),
      loadBalancerClass: fc.constant("example.com/lb"),
      ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack"),
      sessionAffinity: fc.constantFrom("None", "ClientIP"),
    },
    { requiredKeys: ["ports"] },
  );
  fc.assert(
    fc.property(spec, (fields) => {
      const written = { metadata: { name: "web" }, spec: fields };
      const { stored, refusal } = validateService(written, CLUSTER);
      fc.pre(!refusal);
      expect(validateServiceUpdate(stored, stored, CLUSTER)).toMatchObject({ errors: [], stored });
      expect(validateServiceUpdate(stored, written, CLUSTER).errors).toEqual([]);
      expect(defaultService(stored, CLUSTER)).toEqual(stored);
    }),
  );
});
