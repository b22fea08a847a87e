import fc from "fast-check";
import { unknownAt } from "../model";
import { isToBeAllocated, validateService, type ApiError, type RequestOptions } from ".";

const PORTS = [{ port: 80 }];
const balanced = { type: "LoadBalancer", ports: PORTS };
const ONLY_LB = "may only be used when `type` is 'LoadBalancer'";
const CLUSTER: RequestOptions = { serviceIPFamilies: ["IPv4"] };

function create(spec: object, options: RequestOptions = {}, metadata: object = {}) {
  return validateService(
    { apiVersion: "v1", kind: "Service", metadata: { name: "web", ...metadata }, spec },
    { ...CLUSTER, ...options },
  );
}
const texts = (...asked: Parameters<typeof create>) => create(...asked).errors.map(({ text }) => text);

/** Rows of what the API server refuses, with its line as 1.36 prints it. */
test.each<[string, object, string]>([
  [
    "an external policy on a ClusterIP Service",
    { ports: PORTS, externalTrafficPolicy: "Local" },
    'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
  ],
  [
    "an external policy of no such name",
    { ...balanced, externalTrafficPolicy: "Global" },
    'spec.externalTrafficPolicy: Unsupported value: "Global": supported values: "Cluster", "Local"',
  ],
  [
    "a health-check node port under Cluster",
    { ...balanced, healthCheckNodePort: 30021 },
    "spec.healthCheckNodePort: Invalid value: 30021: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
  ],
  [
    "an internal policy of no such name",
    { ports: PORTS, internalTrafficPolicy: "local" },
    'spec.internalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"',
  ],
  [
    "a distribution of no such name: the list is not sorted",
    { ports: PORTS, trafficDistribution: "" },
    'spec.trafficDistribution: Unsupported value: "": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
  ],
  [
    "source ranges of a NodePort Service: the path begins with a capital",
    { type: "NodePort", ports: PORTS, loadBalancerSourceRanges: ["10.0.0.0/8"] },
    `spec.LoadBalancerSourceRanges: Forbidden: ${ONLY_LB}`,
  ],
  [
    "a source range with host bits",
    { ...balanced, loadBalancerSourceRanges: [" 10.0.0.1/8 "] },
    'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
  ],
  [
    "switching node ports off for a NodePort Service",
    { type: "NodePort", ports: PORTS, allocateLoadBalancerNodePorts: false },
    `spec.allocateLoadBalancerNodePorts: Forbidden: ${ONLY_LB}`,
  ],
  [
    "a class of a ClusterIP Service",
    { ports: PORTS, loadBalancerClass: "example.com/lb" },
    `spec.loadBalancerClass: Forbidden: ${ONLY_LB}`,
  ],
  [
    "a headless NodePort Service",
    { type: "NodePort", ports: PORTS, clusterIP: "None" },
    "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
  ],
  ["no ports", { type: "LoadBalancer" }, "spec.ports: Required value"],
  [
    "a port that is repeated",
    { ports: [{ name: "a", port: 53 }, { name: "b", port: 53 }] }, // prettier-ignore
    'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":53,"TargetPort":0,"NodePort":0}',
  ],
  [
    "one of two ports without a name",
    { ports: [{ port: 1 }, { name: "b", port: 2 }] },
    "spec.ports[0].name: Required value",
  ],
  [
    "a node port of a ClusterIP Service",
    { ports: [{ port: 80, nodePort: 30080 }] },
    "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
  ],
  [
    "affinity of no such name",
    { ports: PORTS, sessionAffinity: "clientip" },
    'spec.sessionAffinity: Unsupported value: "clientip": supported values: "ClientIP", "None"',
  ],
  [
    "affinity for more than a day",
    {
      ports: PORTS,
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } },
    },
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400",
  ],
  [
    "an external IP that is loopback",
    { ports: PORTS, externalIPs: ["127.0.0.1"] },
    'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
  ],
  [
    "a type of no such name",
    { type: "Loadbalancer", ports: PORTS },
    'spec.type: Unsupported value: "Loadbalancer": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
  ],
  [
    "two families on a cluster of one",
    { ports: PORTS, ipFamilyPolicy: "RequireDualStack" },
    'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
  ],
])("refused: %s", (_name, spec, text) => {
  const answer = create(spec);
  expect(answer.errors.map((error) => error.text)).toEqual([text]);
  expect(answer.refusal).toEqual({
    code: 422,
    reason: "Invalid",
    message: `Service "web" is invalid: ${text}`,
  });
});

test.each<[string, object]>([
  ["86400 seconds of affinity, which the server's own words exclude", { ports: PORTS, sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 86400 } } }], // prettier-ignore
  [
    "a health-check node port of its own choice",
    { ...balanced, externalTrafficPolicy: "Local", healthCheckNodePort: 30021 },
  ],
  ["explicit node ports although allocation is off", { ...balanced, allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30080 }] }], // prettier-ignore
  ["an internal policy on ExternalName, for historical reasons", { type: "ExternalName", externalName: "example.com.", internalTrafficPolicy: "Local" }], // prettier-ignore
  ["a headless Service without ports", { clusterIP: "None" }],
  ["53/TCP and 53/UDP on one node port", { type: "NodePort", ports: [{ name: "t", port: 53, nodePort: 30053 }, { name: "u", port: 53, protocol: "UDP" }] }], // prettier-ignore
])("accepted: %s", (_name, spec) => {
  expect(create(spec)).toMatchObject({ errors: [], undecided: [] });
  expect(create(spec).refusal).toBeUndefined();
});

describe("what only a real create refuses", () => {
  const local = { ...balanced, externalTrafficPolicy: "Local" };

  test("a health-check node port out of range is an internal error without a field", () => {
    const message = "failed to allocate requested HealthCheck NodePort 80: provided port is not in the valid range. The range of valid ports is 30000-32767"; // prettier-ignore
    expect(create({ ...local, healthCheckNodePort: 80 })).toMatchObject({
      refusal: { code: 500, reason: "InternalError", message: `Internal error occurred: ${message}` },
      errors: [{ path: "", kind: "InternalError", value: 80, message, fact: "K8S:-", onDryRun: false }],
    });
  });

  test("a node port out of the range that the server was started with", () => {
    const options = { nodePortRange: { first: 20000, last: 22767 } };
    expect(
      create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] }, options).errors,
    ).toMatchObject([
      {
        path: "spec.ports[0].nodePort",
        kind: "Invalid",
        value: 30080,
        fact: "K8S:spec.ports[i].nodePort",
        onDryRun: false,
      },
    ]);
  });

  test("a port that another Service has is refused by a dry run too", () => {
    const errors = (spec: object) => create(spec, { nodePortsInUse: [30021] }).errors;
    expect(errors({ ...local, healthCheckNodePort: 30021 })).toMatchObject([{ path: "", onDryRun: true }]);
    expect(errors({ type: "NodePort", ports: [{ port: 80, nodePort: 30021 }] })).toMatchObject([
      {
        text: "spec.ports[0].nodePort: Invalid value: 30021: provided port is already allocated",
        onDryRun: true,
      },
    ]);
  });

  test("a node port that is the health-check node port too", () => {
    expect(texts({ ...local, healthCheckNodePort: 30080, ports: [{ port: 80, nodePort: 30080 }] })).toEqual([
      "Internal error occurred: failed to allocate requested HealthCheck NodePort 30080: provided port is already allocated",
    ]);
  });
});

describe("reading the JSON", () => {
  test("a string for a number is told in Go's words; a custom unmarshaller's error comes first", () => {
    const { errors, refusal } = create({ ports: [{ port: "80", targetPort: 8.5 }] });
    const start = 'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal';
    expect(errors.map(({ path, kind, text }) => [path, kind, text])).toEqual([
      ["spec.ports[0].targetPort", "TypeInvalid", `${start} number 8.5 into Go struct field ServicePort.spec.ports.targetPort of type int32`], // prettier-ignore
      ["spec.ports[0].port", "TypeInvalid", `${start} string into Go struct field ServicePort.spec.ports.port of type int32`], // prettier-ignore
    ]);
    expect(refusal).toMatchObject({ code: 400, reason: "BadRequest", message: errors[0]?.text });
  });

  test("an unknown key is a warning, an error or nothing, as the client asks", () => {
    const spec = { ports: PORTS, externalTraficPolicy: "Local" };
    const seen = 'unknown field "spec.externalTraficPolicy"';
    expect(create(spec)).toMatchObject({ errors: [], warnings: [seen] });
    expect(create(spec, { fieldValidation: "Strict" })).toMatchObject({
      errors: [{ path: "spec.externalTraficPolicy", kind: "UnknownField" }],
      refusal: {
        message: `Service in version "v1" cannot be handled as a Service: strict decoding error: ${seen}`,
      },
    });
    expect(create(spec, { fieldValidation: "Ignore" })).toMatchObject({ errors: [], warnings: [] });
  });
});

test("warnings", () => {
  const warnings = (spec: object, metadata?: object) => create(spec, {}, metadata).warnings;
  expect(warnings({ ports: PORTS, trafficDistribution: "PreferClose" })).toEqual([
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  ]);
  expect(warnings({ ports: PORTS, externalIPs: ["2001:DB8::1"] })).toEqual([
    'spec.externalIPs[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
  ]);
  expect(
    warnings({ ports: PORTS }, { annotations: { "service.kubernetes.io/topology-aware-hints": "Auto" } }),
  ).toEqual([
    "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
  ]);
  expect(warnings({ ports: PORTS, sessionAffinity: "x", trafficDistribution: "PreferClose" })).toEqual([]);
});

describe("releases (the sources of each minor version)", () => {
  const at = (kubernetesVersion: string, spec: object, metadata?: object) =>
    create(spec, { kubernetesVersion }, metadata);
  const errorsAt = (...asked: Parameters<typeof at>) => at(...asked).errors.map(({ text }) => text);

  test("trafficDistribution: dropped in 1.30, one value until 1.33, deprecated from 1.35", () => {
    const spec = { ports: PORTS, trafficDistribution: "PreferSameZone" };
    expect(at("1.30", spec)).toMatchObject({ errors: [], stored: { spec: { type: "ClusterIP" } } });
    expect(at("1.30", spec).stored.spec.trafficDistribution).toBeUndefined();
    expect(errorsAt("1.33.5", spec)).toEqual([
      'spec.trafficDistribution: Unsupported value: "PreferSameZone": supported values: "PreferClose"',
    ]);
    expect(errorsAt("v1.34.0-eks-1", spec)).toEqual([]);
    const close = { ...spec, trafficDistribution: "PreferClose" };
    expect([at("1.34", close).warnings.length, at("1.35", close).warnings.length]).toEqual([0, 1]);
  });

  test("an address with leading zeros: a warning until 1.35, an error from 1.36", () => {
    const spec = { ports: PORTS, externalIPs: ["010.0.0.1"] };
    const start = 'spec.externalIPs[0]: non-standard IP address "010.0.0.1"';
    expect(at("1.32", spec).warnings).toEqual([
      'spec.externalIPs[0]: IP address was accepted, but will be invalid in a future Kubernetes release: ParseAddr("010.0.0.1"): IPv4 field has octet with leading zero',
    ]);
    expect(at("1.35", spec).warnings).toEqual([
      `${start} will be considered invalid in a future Kubernetes release: use "10.0.0.1"`,
    ]);
    expect(errorsAt("1.36", spec)).toEqual([
      'spec.externalIPs[0]: Invalid value: "010.0.0.1": must not have leading 0s',
    ]);
  });

  test("the kubelet's port behind a load balancer, until 1.32", () => {
    const spec = { type: "LoadBalancer", ports: [{ port: 10250 }] };
    expect(errorsAt("1.32", spec)).toEqual([
      "spec.ports[0]: Invalid value: 10250: may not expose port 10250 externally since it is used by kubelet",
    ]);
    expect(errorsAt("1.33", spec)).toEqual([]);
  });

  test("a name that begins with a digit, from 1.36", () => {
    const metadata = { name: "1web" };
    expect(at("1.35", { ports: PORTS }, metadata).errors).toMatchObject([
      { path: "metadata.name", kind: "Invalid" },
    ]);
    expect(at("1.36", { ports: PORTS }, metadata).errors).toEqual([]);
  });

  test("values are printed in Go's syntax until 1.33", () => {
    const spec = { ports: PORTS, clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.2"] };
    expect(errorsAt("1.33", spec)).toEqual([
      'spec.clusterIPs: Invalid value: []string{"10.0.0.2"}: first value must match `clusterIP`',
    ]);
    expect(errorsAt("1.34", spec)).toEqual([
      'spec.clusterIPs: Invalid value: ["10.0.0.2"]: first value must match `clusterIP`',
    ]);
  });

  test("a version that is not modelled is an error, not an answer of another release", () => {
    for (const version of ["1.20", "1.99", "nonsense"])
      expect(() => at(version, balanced)).toThrow(`kubernetesVersion: ${version}; wanted `);
    expect(at("v1.34.2-eks-1", balanced)).toMatchObject({ version: "1.34", proved: true });
    expect(at("1.33", balanced)).toMatchObject({ version: "1.33", proved: false });
  });
});

describe("unknown values", () => {
  test("one unknown hides nothing beside it", () => {
    const type = unknownAt("type");
    const { errors, undecided } = create({ type, ports: [{ port: 0 }], sessionAffinity: "x" });
    expect(errors.map(({ path }) => path)).toEqual([
      "spec.ports[0].port",
      "spec.ports[0].targetPort",
      "spec.sessionAffinity",
    ]);
    expect(undecided.map(({ unknown }) => unknown)).toEqual([type]);
  });

  test("a known mismatch wins over an unknown elsewhere", () => {
    const externalTrafficPolicy = unknownAt("policy");
    expect(
      texts({ type: "NodePort", ports: PORTS, externalTrafficPolicy, healthCheckNodePort: 30021 }),
    ).toEqual([
      "spec.healthCheckNodePort: Invalid value: 30021: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
  });

  test("what the cluster's families decide waits where they are not known", () => {
    const spec = { ports: PORTS, ipFamilyPolicy: "RequireDualStack" };
    const { errors, undecided } = create(spec, { serviceIPFamilies: undefined });
    expect({ errors, undecided }).toMatchObject({
      errors: [],
      undecided: [{ path: "spec.ipFamilyPolicy", unknown: { path: "cluster.serviceIPFamilies" } }],
    });
  });

  const place = ({ path, kind }: ApiError) => `${path} ${kind}`;

  test("a Service with unknowns is refused only where every Service that it may become is", () => {
    // Each field known, or unknown with this very value behind it.
    const known = fc.record({
      type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "Other"),
      externalTrafficPolicy: fc.constantFrom("Cluster", "Local", "Other"),
      internalTrafficPolicy: fc.constantFrom("Cluster", "Other"),
      healthCheckNodePort: fc.constantFrom(30021, 80),
      allocateLoadBalancerNodePorts: fc.boolean(),
      loadBalancerClass: fc.constantFrom("example.com/lb", "-"),
      clusterIP: fc.constantFrom("None", "10.0.0.1", "10.0.0"),
      externalIPs: fc.constantFrom([], ["203.0.113.5"], ["127.0.0.1"]),
      loadBalancerSourceRanges: fc.constantFrom([], ["10.0.0.0/8"], ["10.0.0.0"]),
      ports: fc.constantFrom([], PORTS, [{ port: 0 }]),
      sessionAffinity: fc.constantFrom("None", "ClientIP", "Other"),
      ipFamilyPolicy: fc.constantFrom("SingleStack", "RequireDualStack", "Other"),
      externalName: fc.constantFrom("example.com", "-"),
    }, { requiredKeys: [] }); // prettier-ignore
    const hidden = fc.uniqueArray(fc.constantFrom<string>("type", "externalTrafficPolicy", "clusterIP", "externalIPs", "ports", "sessionAffinity", "healthCheckNodePort"), { maxLength: 3 }); // prettier-ignore
    fc.assert(
      fc.property(known, hidden, (spec, keys) => {
        const masked = Object.fromEntries(
          Object.entries(spec).map(([key, value]) => [
            key,
            keys.includes(key) ? unknownAt(`spec.${key}`) : value,
          ]),
        );
        const open = create(masked);
        const full = create(spec);
        if (open.errors.length > 0) expect(full.errors).not.toEqual([]);
        if (open.undecided.length === 0) expect(open.errors.map(place)).toEqual(full.errors.map(place));
      }),
      { numRuns: 500 },
    );
  });
});

test("a generated name is to be allocated, and its prefix is checked", () => {
  const answer = validateService({ metadata: { generateName: "web-" }, spec: { ports: PORTS } }, CLUSTER);
  expect(isToBeAllocated(answer.stored.metadata.name)).toBe(true);
  expect(answer.errors).toEqual([]);
  expect(
    validateService({ metadata: { generateName: "Web-" }, spec: { ports: PORTS } }, CLUSTER).errors,
  ).toMatchObject([{ path: "metadata.generateName" }, { path: "metadata.name", value: "Web-xxxxx" }]);
});

test("a prefix that passes for another when its last characters are masked is refused in the end", () => {
  const masked = create({ ports: PORTS }, {}, { name: "web", generateName: "a/-" });
  expect(masked.errors.map(({ text }) => text)).toEqual([
    "metadata.generateName: Invalid value: \"a/-\": may not contain '/'",
  ]);
});
