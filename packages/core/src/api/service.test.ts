import fc from "fast-check";
import { isUnknown, unknownAt } from "../model";
import { defaultService, isToBeAllocated } from ".";

const port = { port: 80 };
const at = (field: string) =>
  expect.objectContaining({ unknown: true, path: field, allocatedBy: "API server" });

describe("defaulting (k/k pkg/apis/core/v1/defaults.go SetDefaults_Service)", () => {
  test.each([
    [
      "no type is ClusterIP",
      {},
      { type: "ClusterIP", internalTrafficPolicy: "Cluster", sessionAffinity: "None" },
    ],
    [
      "a ClusterIP Service has no external policy",
      { type: "ClusterIP" },
      { externalTrafficPolicy: undefined },
    ],
    [
      "external IPs make a ClusterIP Service externally accessible",
      { externalIPs: ["192.0.2.1"] },
      { externalTrafficPolicy: "Cluster" },
    ],
    ["NodePort has an external policy", { type: "NodePort" }, { externalTrafficPolicy: "Cluster" }],
    [
      "LoadBalancer allocates node ports",
      { type: "LoadBalancer" },
      { externalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: true },
    ],
    [
      "what is written stays",
      { type: "LoadBalancer", externalTrafficPolicy: "Local", allocateLoadBalancerNodePorts: false },
      { externalTrafficPolicy: "Local", allocateLoadBalancerNodePorts: false },
    ],
    [
      "a port is TCP and targets itself",
      { ports: [port] },
      { ports: [{ port: 80, protocol: "TCP", targetPort: 80 }] },
    ],
    [
      "a named target port stays",
      { ports: [{ port: 80, targetPort: "http" }] },
      { ports: [{ port: 80, protocol: "TCP", targetPort: "http" }] },
    ],
    [
      "an empty target port is the port",
      { ports: [{ port: 80, targetPort: "" }] },
      { ports: [{ port: 80, protocol: "TCP", targetPort: 80 }] },
    ],
    [
      "ClientIP affinity lasts three hours",
      { sessionAffinity: "ClientIP" },
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } },
    ],
    [
      "an incomplete affinity is completed",
      { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: {} } },
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } },
    ],
    [
      "no affinity has no configuration",
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } },
      { sessionAffinityConfig: undefined },
    ],
    [
      "an ExternalName Service is read without internal policy and gets nothing allocated",
      { type: "ExternalName", externalName: "example.com", internalTrafficPolicy: "Local" },
      { internalTrafficPolicy: undefined, clusterIP: undefined, ipFamilyPolicy: undefined },
    ],
    ["null is absent", { type: null, ports: null }, { type: "ClusterIP", ports: undefined }],
  ])("%s", (_name, spec, stored) => {
    const found = defaultService({ spec }).spec;
    const picked = Object.keys(stored).map((key) => [
      key,
      Object.entries(found).find(([name]) => name === key)?.[1],
    ]);
    expect(Object.fromEntries(picked)).toEqual(stored);
  });

  test("an address of a LoadBalancer is a VIP unless its controller says otherwise", () => {
    const ingress = [
      { ip: "192.0.2.1" },
      { ip: "192.0.2.2", ipMode: "Proxy" },
      { hostname: "lb.example.com" },
    ];
    const service = defaultService({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress } } });
    expect(service.status.loadBalancer).toEqual({
      ingress: [{ ip: "192.0.2.1", ipMode: "VIP" }, ...ingress.slice(1)],
    });
  });
});

describe("what the server allocates on create (k/k pkg/registry/core/service/storage/alloc.go)", () => {
  const spec = (written: object, server = {}) =>
    defaultService({ metadata: { name: "web" }, spec: written }, server).spec;

  test("node ports of NodePort and LoadBalancer, unless switched off", () => {
    const ports = [port];
    const nodePorts = (written: object) => spec({ ports, ...written }).ports;
    expect(nodePorts({ type: "NodePort" })).toMatchObject([{ nodePort: at("spec.ports[0].nodePort") }]);
    expect(nodePorts({ type: "LoadBalancer" })).toMatchObject([{ nodePort: at("spec.ports[0].nodePort") }]);
    expect(nodePorts({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false })).toEqual([
      { port: 80, protocol: "TCP", targetPort: 80 },
    ]);
  });

  test("two protocols of one port number share the node port that is asked for, or one allocated", () => {
    const dns = (udp: object) => [{ port: 53 }, { port: 53, protocol: "UDP", ...udp }];
    expect(spec({ type: "NodePort", ports: dns({ nodePort: 30053 }) }).ports).toMatchObject([
      { nodePort: 30053 },
      { nodePort: 30053 },
    ]);
    expect(spec({ type: "NodePort", ports: dns({}) }).ports).toMatchObject([
      { nodePort: at("spec.ports[0].nodePort") },
      { nodePort: at("spec.ports[0].nodePort") },
    ]);
  });

  test("a health-check node port for LoadBalancer with Local alone, also without node ports", () => {
    const port = (written: object) => spec(written).healthCheckNodePort;
    const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
    expect(port(local)).toEqual({
      unknown: true,
      path: "spec.healthCheckNodePort",
      origin: { resource: "Service//web", field: "spec.healthCheckNodePort" },
      allocatedBy: "API server",
    });
    expect(port({ ...local, allocateLoadBalancerNodePorts: false })).toEqual(at("spec.healthCheckNodePort"));
    expect(port({ ...local, healthCheckNodePort: 30021 })).toBe(30021);
    expect(port({ ...local, type: "NodePort" })).toBeUndefined();
    expect(port({ type: "LoadBalancer" })).toBeUndefined();
  });

  test("addresses and families", () => {
    expect(spec({ clusterIP: "None" })).toMatchObject({
      clusterIPs: ["None"],
      ipFamilyPolicy: "RequireDualStack",
      ipFamilies: at("spec.ipFamilies"),
    });
    expect(spec({ clusterIP: "None", selector: { app: "web" } }).ipFamilyPolicy).toBe("SingleStack");
    expect(spec({ clusterIP: "10.96.0.10" })).toMatchObject({
      clusterIPs: ["10.96.0.10"],
      ipFamilies: ["IPv4"],
    });
    expect(spec({}, { serviceIPFamilies: ["IPv6"] })).toMatchObject({
      ipFamilies: ["IPv6"],
      clusterIP: at("spec.clusterIP"),
      clusterIPs: [at("spec.clusterIPs[0]")],
    });
    const dual = { serviceIPFamilies: ["IPv6", "IPv4"] };
    expect(spec({ ipFamilyPolicy: "PreferDualStack" }, dual).ipFamilies).toEqual(["IPv6", "IPv4"]);
    expect(spec({ ipFamilyPolicy: "PreferDualStack" }, { serviceIPFamilies: ["IPv4"] }).ipFamilies).toEqual([
      "IPv4",
    ]);
  });
});

describe("unknown values", () => {
  test("an unknown type leaves open what hangs on it, and names itself", () => {
    const type = unknownAt("spec.type");
    expect(defaultService({ spec: { type, ports: [port] } }).spec).toMatchObject({
      type,
      externalTrafficPolicy: type,
      internalTrafficPolicy: type,
      allocateLoadBalancerNodePorts: type,
      healthCheckNodePort: type,
      clusterIP: type,
      ports: [{ port: 80, protocol: "TCP", targetPort: 80, nodePort: type }],
    });
  });

  test("an unknown policy leaves only the health-check node port open", () => {
    const externalTrafficPolicy = unknownAt("policy");
    const { spec } = defaultService({ spec: { type: "LoadBalancer", externalTrafficPolicy } });
    expect(spec).toMatchObject({
      healthCheckNodePort: externalTrafficPolicy,
      allocateLoadBalancerNodePorts: true,
    });
  });

  test("a spec that is unknown as a whole, a port, and a list", () => {
    const spec = unknownAt("spec");
    expect(defaultService({ spec }).spec).toMatchObject({
      type: spec,
      ports: spec,
      externalTrafficPolicy: spec,
    });
    const ports = [unknownAt("spec.ports[0]")];
    expect(defaultService({ spec: { ports } }).spec.ports).toMatchObject([
      { port: ports[0], targetPort: ports[0] },
    ]);
    const externalIPs = unknownAt("ips");
    expect(defaultService({ spec: { externalIPs } }).spec.externalTrafficPolicy).toBe(externalIPs);
  });
});

describe("any input", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(undefined, unknownAt("somewhere"), () => 0, Symbol("s"), new Date(NaN), NaN, 10n),
    fc.constantFrom("LoadBalancer", "Local", "None", "10.0.0.1", ["None"], [{}], [{ port: 53 }], {
      clientIP: 1,
    }),
  );
  const fields = ["type", "ports", "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "externalIPs", "selector",
    "externalTrafficPolicy", "sessionAffinity", "sessionAffinityConfig", "healthCheckNodePort"]; // prettier-ignore
  const anySpec = fc.dictionary(fc.constantFrom(...fields), value);

  test("gives a Service and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(value, anySpec), value, (spec, rest) => {
        expect(defaultService({ metadata: rest, status: rest, spec }).spec.type).toBeDefined();
        expect(defaultService(rest).spec.type).toBeDefined();
      }),
    );
  });

  test("a known Service has no unknown but what is to be allocated", () => {
    const unknownsOf = (found: unknown): unknown[] =>
      isUnknown(found)
        ? [found]
        : typeof found === "object" && found !== null
          ? Object.values(found).flatMap(unknownsOf)
          : [];
    const known = fc.dictionary(
      fc.constantFrom(...fields),
      fc.constantFrom("LoadBalancer", "Local", ["10.0.0.1"], [port]),
    );
    fc.assert(
      fc.property(known, (spec) => {
        expect(unknownsOf(defaultService({ spec })).filter((found) => !isToBeAllocated(found))).toEqual([]);
      }),
    );
  });
});
