import fc from "fast-check";
import { address, domain, jsonOfAnyType, name, qualifiedName, range, specialAddress } from "./written-text";

/** A Service as somebody writes it: JSON, right or wrong. */
export type WrittenService = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, unknown>>;
type Twist = (service: WrittenService) => WrittenService;

/** Numbers that the oracle's stand-in for the port allocator never gives out by itself. */
const nodePort = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 30_000, max: 30_004 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, 1, 80, 29_999, 32_767, 32_768, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31)),
  },
);
const portNumber = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(53, 80, 443, 8080) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 65_535, 65_536, -1, 10_250) },
);
const protocol = fc.constantFrom("TCP", "UDP", "SCTP", "", "tcp", "HTTP", "<T&C>", 'a"b');
const portName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom("http", "https", "dns", "a") }, name);
const targetPort = fc.oneof(
  portNumber,
  fc.constantFrom<unknown>(
    "http",
    "",
    "80",
    "-a",
    "a--b",
    "sixteencharacter",
    "A",
    "--",
    0,
    65_536,
    true,
    1.5,
    [],
    {},
    null,
  ),
);

/** A port with a name of its own; what is wrong with it comes as a twist. */
const goodPorts = fc
  .uniqueArray(fc.constantFrom("http", "https", "dns", "metrics"), { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((own, i) =>
        fc
          .record({
            protocol: fc.constantFrom("TCP", "UDP", "SCTP", undefined),
            targetPort: fc.constantFrom(8080, "http", undefined),
            nodePort: fc.constantFrom(
              undefined,
              undefined,
              undefined,
              undefined,
              30_080 + i,
              30_080 + i,
              30_080,
              80,
            ),
            shared: fc.boolean(),
          })
          .map(({ shared, ...port }) => ({ name: own, port: shared ? 53 : 80 + i, ...port })),
      ),
    ),
  );

/** Services that the API server takes, or nearly so. */
const goodSpec: fc.Arbitrary<Fields> = fc
  .constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName", undefined)
  .chain((type): fc.Arbitrary<Fields> => {
    if (type === "ExternalName") return fc.record({ type: fc.constant(type), externalName: domain });
    const isPublic = type === "NodePort" || type === "LoadBalancer";
    return fc.record(
      {
        type: fc.constant(type),
        ports: goodPorts.map((ports) => (isPublic ? ports : ports.map(({ nodePort: _, ...port }) => port))),
        selector: fc.constantFrom<Fields>({ app: "web" }, {}),
        ...(isPublic && { externalTrafficPolicy: fc.constantFrom("Cluster", "Local") }),
        ...(type === "LoadBalancer" && {
          allocateLoadBalancerNodePorts: fc.boolean(),
          loadBalancerClass: fc.constantFrom("example.com/lb", "internal"),
          loadBalancerSourceRanges: fc.constantFrom(["10.0.0.0/8"], [" 10.0.0.0/8 ", "2001:DB8:0::/32"]),
        }),
        ...(!isPublic && { clusterIP: fc.constantFrom("None", "10.0.0.10", "2001:db8::10") }),
        internalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
        sessionAffinity: fc.constantFrom("None", "ClientIP"),
        externalIPs: fc.constantFrom(["203.0.113.5"], ["203.0.113.5", "2001:db8::5"]),
        ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack", "RequireDualStack"),
        trafficDistribution: fc.constantFrom("PreferClose", "PreferSameZone", "PreferSameNode"),
        publishNotReadyAddresses: fc.boolean(),
      },
      { requiredKeys: ["ports"] },
    );
  })
  .chain((spec) =>
    spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local"
      ? fc.constantFrom(spec, { ...spec, healthCheckNodePort: 30_021 })
      : fc.constant(spec),
  );

const addresses = fc.array(address, { maxLength: 3 });
const stringMap = fc.dictionary(qualifiedName, name, { maxKeys: 2 });

/** What each field of the spec may be, right and wrong. */
const specFields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  type: fc.constantFrom(
    "ClusterIP",
    "NodePort",
    "LoadBalancer",
    "ExternalName",
    "",
    "Loadbalancer",
    "<ip>&\u2028",
    "x\u0007",
  ),
  ports: fc.oneof(
    fc.array(
      fc.record(
        { name: portName, protocol, port: portNumber, targetPort, nodePort, appProtocol: qualifiedName },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    ),
    fc.constantFrom<unknown>([], [null], ["x"], [{ port: "80" }], [{ port: 80, nodeport: 1 }]),
  ),
  selector: stringMap,
  clusterIP: fc.oneof(address, fc.constantFrom("None", "")),
  clusterIPs: fc.oneof(
    addresses,
    fc.constantFrom<unknown>(["None"], ["None", "10.0.0.1"], ["10.0.0.1", "None"], [null]),
  ),
  externalIPs: fc.oneof(addresses, fc.array(specialAddress, { maxLength: 3 })),
  sessionAffinity: fc.constantFrom("None", "ClientIP", "", "clientip"),
  sessionAffinityConfig: fc.constantFrom<unknown>(
    {},
    { clientIP: {} },
    ...[0, -1, 1, 86_400, 86_401, 2 ** 31, 1.5, null, "1"].map((timeoutSeconds) => ({
      clientIP: { timeoutSeconds },
    })),
  ),
  loadBalancerIP: address,
  loadBalancerSourceRanges: fc.array(range, { maxLength: 3 }),
  externalName: fc.oneof(domain, name),
  externalTrafficPolicy: fc.constantFrom("Cluster", "Local", "", "local", "Global"),
  healthCheckNodePort: nodePort,
  publishNotReadyAddresses: fc.boolean(),
  ipFamilies: fc.array(fc.constantFrom("IPv4", "IPv6", "", "ipv4", "<4>"), { maxLength: 3 }),
  ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack", "RequireDualStack", "", "DualStack"),
  allocateLoadBalancerNodePorts: fc.boolean(),
  loadBalancerClass: qualifiedName,
  internalTrafficPolicy: fc.constantFrom("Cluster", "Local", "", "cluster"),
  trafficDistribution: fc.constantFrom(
    "PreferClose",
    "PreferSameZone",
    "PreferSameNode",
    "",
    "prefersamezone",
  ),
};

const MODE = "service.kubernetes.io/topology-mode";
const HINTS = "service.kubernetes.io/topology-aware-hints";
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const annotations = fc.oneof(
  { weight: 40, arbitrary: stringMap },
  {
    weight: 20,
    arbitrary: fc.dictionary(fc.constantFrom(MODE, HINTS), fc.constantFrom("Auto", "auto", "Disabled")),
  },
  {
    weight: 20,
    arbitrary: fc.array(range, { maxLength: 3 }).map((ranges) => ({ [SOURCE_RANGES]: ranges.join(",") })),
  },
  // Rare, for they are as long as they may be, and longer.
  { weight: 1, arbitrary: fc.constantFrom(3, 2).map((key) => ({ big: "a".repeat(256 * 1024 - key) })) },
);
const controllers = fc.array(
  fc.record(
    {
      apiVersion: fc.constantFrom("v1", "apps/v1", "", "a/b/c"),
      kind: fc.constantFrom("Pod", "Event", ""),
      name: fc.constantFrom("x", "y", ""),
      uid: fc.constantFrom("1", "2", ""),
      controller: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 2 },
);

const metadataFields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  name: fc.oneof({ weight: 3, arbitrary: name }, fc.constant(undefined)),
  // Cut in the middle of a character, a prefix would be no text any more.
  generateName: fc.oneof(
    name.filter((prefix) => prefix.length < 25 || /^[ -~]*$/.test(prefix)),
    fc.constantFrom("web-", "-", "a--"),
  ),
  namespace: fc.oneof(name, fc.constantFrom("default", "shop")),
  labels: stringMap,
  annotations,
  finalizers: fc.array(
    fc.oneof(
      qualifiedName,
      fc.constantFrom(
        "service.kubernetes.io/load-balancer-cleanup",
        "orphan",
        "foregroundDeletion",
        "kubernetes",
      ),
    ),
    { maxLength: 3 },
  ),
  ownerReferences: controllers,
  generation: fc.constantFrom(0, 1, -1),
};

const pair = fc.constantFrom(
  ["10.0.0.10", "2001:db8::10"],
  ["2001:db8::10", "10.0.0.10"],
  ["10.0.0.10", "10.0.0.11"],
  ["10.0.0.10", "::ffff:10.0.0.11"],
);
const families = fc.constantFrom(undefined, ["IPv4"], ["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"]);
const familyPolicy = fc.constantFrom(undefined, "SingleStack", "PreferDualStack", "RequireDualStack");
const together: fc.Arbitrary<Fields> = fc.oneof(
  fc
    .record({ clusterIPs: pair, ipFamilies: families, ipFamilyPolicy: familyPolicy })
    .map((fields) => ({ ...fields, clusterIP: fields.clusterIPs[0] })),
  fc.record({
    ipFamilies: families,
    ipFamilyPolicy: familyPolicy,
    clusterIP: fc.constantFrom(undefined, "None"),
  }),
  fc
    .array(nodePort, { minLength: 2, maxLength: 3 })
    .map((numbers) =>
      numbers.map((number, i) => ({
        name: `p${i}`,
        port: 53,
        protocol: ["TCP", "UDP", "SCTP"][i],
        nodePort: number,
      })),
    )
    .chain((ports) => fc.constantFrom("NodePort", "LoadBalancer").map((type) => ({ type, ports }))),
  fc.record({
    type: fc.constant("LoadBalancer"),
    externalTrafficPolicy: fc.constantFrom("Local", "Cluster"),
    healthCheckNodePort: nodePort,
    allocateLoadBalancerNodePorts: fc.constantFrom(undefined, false),
  }),
);

/** Sets one field, at the top or within the spec or the metadata, to something right or wrong. */
const twist: fc.Arbitrary<Twist> = fc.oneof(
  { weight: 24, arbitrary: fieldOf("spec", specFields) },
  { weight: 6, arbitrary: fieldOf("metadata", metadataFields) },
  // Fields that are right or wrong together.
  {
    weight: 4,
    arbitrary: together.map(
      (fields): Twist =>
        (service) =>
          Object.entries(fields).reduce((found, [key, value]) => set("spec", key, value)(found), service),
    ),
  },
  // The JSON of another type, for every field.
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(specFields)), jsonOfAnyType)
      .map(([key, value]) => set("spec", key, value)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...Object.keys(metadataFields).filter((key) => key !== "namespace")),
        jsonOfAnyType,
      )
      .map(([key, value]) => set("metadata", key, value)),
  },
  // Keys that the API does not know.
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("spec", "metadata"),
        fc.constantFrom("externalTraficPolicy", "Type", "x.y", "é", "sessionaffinity"),
      )
      .map(([part, key]) => set(part, key, "x")),
  },
);

function fieldOf(
  part: "spec" | "metadata",
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Twist> {
  return fc
    .constantFrom(...Object.entries(fields))
    .chain(([key, values]) => values.map((value) => set(part, key, value)));
}

function set(part: string, key: string, value: unknown): Twist {
  return (service) => {
    const before = service[part];
    const fields = typeof before === "object" && before !== null ? before : {};
    return { ...service, [part]: { ...fields, [key]: value } };
  };
}

/** A few fields changed, for the better or the worse. */
export function twisted(service: fc.Arbitrary<WrittenService>): fc.Arbitrary<WrittenService> {
  return fc
    .tuple(service, fc.array(twist, { maxLength: 4 }))
    .map(([written, twists]) => asJson(twists.reduce((found, change) => change(found), written)));
}

/** Services that are right, or wrong in nothing that hangs on the cluster. */
export const goodService: fc.Arbitrary<WrittenService> = goodSpec.map((spec) =>
  asJson({ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" }, spec }),
);

/** Mostly one or two things wrong, now and then everything. */
export const writtenService: fc.Arbitrary<WrittenService> = fc.oneof(
  { weight: 9, arbitrary: twisted(goodService) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.record(metadataFields, { requiredKeys: ["name"] }),
        fc.record(specFields, { requiredKeys: [] }),
      )
      .map(([metadata, spec]) => asJson({ metadata, spec })),
  },
);

/** Without the keys that are undefined, which JSON has not. */
function asJson(value: WrittenService): WrittenService {
  return JSON.parse(JSON.stringify(value)) as WrittenService;
}
