import { unknownAt, type HealthCheck, type Service } from "../../../model";
import { AWS_PREFIX } from "../annotations";
import type { BuiltLoadBalancer } from "../built";
import type { RefusalKind } from "../refusal";
import { awsService, LOCAL, webService } from "@evenkeel/test-generators";
import { lbcBuild, type LbcSettings } from ".";

const CLASS = { loadBalancerClass: "service.k8s.aws/nlb" };
const HC = "aws-load-balancer-healthcheck";
const RANGES = { loadBalancerSourceRanges: ["fd00::/8"] };
const IP = { "aws-load-balancer-nlb-target-type": "ip" };

function built(subject: Service, settings?: LbcSettings): BuiltLoadBalancer {
  const outcome = lbcBuild(subject, settings);
  if (!("built" in outcome)) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.built;
}

function refusal(subject: Service, settings?: LbcSettings): RefusalKind | undefined {
  const outcome = lbcBuild(subject, settings);
  return "refusal" in outcome ? outcome.refusal.kind : undefined;
}

const targetGroup = (subject: Service, settings?: LbcSettings) => {
  const [listener] = built(subject, settings).listeners;
  if (!listener) throw new Error("no listener");
  return listener.targetGroup;
};

const values = (check: HealthCheck) =>
  Object.fromEntries(Object.entries(check).map(([name, setting]) => [name, setting?.value]));

describe("health check as built (pkg/service/model_builder.go, model_build_target_group.go)", () => {
  const plain = {
    protocol: "TCP",
    port: "traffic-port",
    intervalSeconds: 10,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  };
  const local = {
    protocol: "HTTP",
    port: 31223,
    path: "/healthz",
    matcher: "200-399",
    intervalSeconds: 10,
    timeoutSeconds: 6,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  };

  test.each<[string, Service, object]>([
    ["instance targets under Cluster", webService(CLASS), plain],
    ["instance targets under Local", webService({ ...CLASS, ...LOCAL }), local],
    ["IP targets under Local: the policy is not read", awsService(IP, { ...CLASS, ...LOCAL }), plain],
    [
      "instance targets under Local on type NodePort",
      webService({ type: "NodePort", externalTrafficPolicy: "Local" }),
      plain,
    ],
    [
      "Local without health-check node port asks port 0",
      webService({ ...CLASS, externalTrafficPolicy: "Local" }),
      { ...local, port: 0 },
    ],
    [
      "TCP by annotation under Local keeps port and timing",
      awsService({ [`${HC}-protocol`]: "tcp" }, LOCAL),
      { ...plain, port: 31223, timeoutSeconds: 6, healthyThreshold: 2, unhealthyThreshold: 2 },
    ],
    [
      "HTTP by annotation under Cluster",
      awsService({ [`${HC}-protocol`]: "http" }),
      { ...plain, protocol: "HTTP", path: "/", matcher: "200-399" },
    ],
    ["a path counts only over HTTP", awsService({ [`${HC}-path`]: "/ready" }), plain],
    [
      "a port by number, out of range and all",
      awsService({ [`${HC}-port`]: "99999" }),
      { ...plain, port: 99999 },
    ],
    ["a port by name is its node port", awsService({ [`${HC}-port`]: "http" }), { ...plain, port: 31080 }],
    [
      "a port by name is the pod's port with IP targets",
      awsService({ ...IP, [`${HC}-port`]: "http" }),
      { ...plain, port: 8080 },
    ],
    [
      "everything overridden, ranges unchecked",
      awsService({
        [`${HC}-protocol`]: "HTTPS",
        [`${HC}-port`]: "traffic-port",
        [`${HC}-path`]: "/r",
        [`${HC}-success-codes`]: "200",
        [`${HC}-interval`]: "1",
        [`${HC}-timeout`]: "-1",
        [`${HC}-healthy-threshold`]: "99",
        [`${HC}-unhealthy-threshold`]: "0",
      }),
      {
        protocol: "HTTPS",
        port: "traffic-port",
        path: "/r",
        matcher: "200",
        intervalSeconds: 1,
        timeoutSeconds: -1,
        healthyThreshold: 99,
        unhealthyThreshold: 0,
      },
    ],
  ])("%s", (_name, subject, expected) => {
    expect(values(targetGroup(subject).healthCheck)).toEqual(expected);
  });

  test("without advanced health checks timeout and success codes cannot be set", () => {
    const subject = awsService({ [`${HC}-timeout`]: "3", [`${HC}-protocol`]: "http" }, LOCAL);
    const check = targetGroup(subject, { advancedHealthCheck: false }).healthCheck;
    expect(values(check)).toMatchObject({ timeoutSeconds: 6, path: "/healthz" });
    expect(check.matcher).toBeUndefined();
  });

  test("each setting says where it is written and by whom", () => {
    const check = targetGroup(awsService({ [`${HC}-interval`]: "5" }, LOCAL)).healthCheck;
    expect(check.intervalSeconds).toMatchObject({
      by: "given",
      at: { path: `metadata.annotations["${AWS_PREFIX}${HC}-interval"]` },
    });
    expect(check.protocol).toMatchObject({
      by: "default",
      at: { path: `metadata.annotations["${AWS_PREFIX}${HC}-protocol"]` },
    });
  });

  test("an unknown policy leaves the defaults open and what is written known", () => {
    const subject = awsService(
      { [`${HC}-port`]: "8080" },
      { externalTrafficPolicy: unknownAt("spec.externalTrafficPolicy") },
    );
    const check = targetGroup(subject).healthCheck;
    expect(check.port.value).toBe(8080);
    expect(check.protocol.value).toMatchObject({ unknown: true });
    expect(check.intervalSeconds.value).toMatchObject({ unknown: true });
  });

  test("an unknown annotation leaves its own setting open", () => {
    const annotations = { [`${AWS_PREFIX}${HC}-protocol`]: unknownAt("metadata.annotations") };
    const check = targetGroup(webService({ ...LOCAL, annotations })).healthCheck;
    expect(check.protocol.value).toMatchObject({
      unknown: true,
      path: `metadata.annotations["${AWS_PREFIX}${HC}-protocol"]`,
    });
    expect(check.port.value).toBe(31223);
  });

  test("a health-check node port that is still to be allocated stays recognisable", () => {
    const origin = { resource: "Service/shop/web", field: "spec.healthCheckNodePort" };
    const subject = webService({
      ...LOCAL,
      healthCheckNodePort: unknownAt("spec.healthCheckNodePort", origin),
    });
    expect(targetGroup(subject).healthCheck.port.value).toMatchObject({ unknown: true, origin });
  });
});

describe("target kind and port", () => {
  test.each<[string, Service, string, number, LbcSettings?]>([
    ["instance by default, at the node port", webService({}), "instance", 31080],
    ["ip, at the pod's port", awsService(IP), "ip", 8080],
    [
      "a misspelling means instance",
      awsService({ "aws-load-balancer-nlb-target-type": "IP" }),
      "instance",
      31080,
    ],
    ["nlb-ip means ip", awsService({ "aws-load-balancer-type": "nlb-ip" }), "ip", 8080],
    ["the controller's own default", webService({}), "ip", 8080, { defaultTargetType: "ip" }],
    [
      "a named target port is written as 1",
      awsService(IP, { ports: [{ name: "", protocol: "TCP", port: 80, targetPort: "web" }] }),
      "ip",
      1,
    ],
  ])("%s", (...[, subject, targets, port, settings]) => {
    const group = targetGroup(subject, settings);
    expect([group.targets.value, group.port.value]).toEqual([targets, port]);
  });
});

describe("attributes", () => {
  const ATTRIBUTES = "aws-load-balancer-target-group-attributes";
  const read = (annotations: Record<string, string>, over?: Partial<Service>) =>
    targetGroup(awsService(annotations, over));

  test("defaults of AWS by target kind and protocol", () => {
    expect(read({}).preservesClientAddress).toMatchObject({ value: true, by: "default" });
    expect(read(IP).preservesClientAddress).toMatchObject({ value: false, by: "default" });
    const udp = {
      ports: [{ name: "", protocol: "UDP" as const, port: 53, targetPort: 53, nodePort: 31053 }],
    };
    expect(read(IP, udp).preservesClientAddress.value).toBe(true);
    expect(read({}).proxyProtocol).toMatchObject({ value: "off", by: "default" });
  });

  test("the annotation for all ports, and over it the one for a port, where empty keeps the other", () => {
    const group = read({
      [ATTRIBUTES]: "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=60",
      [`${ATTRIBUTES}.80`]: "preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=",
      [`${ATTRIBUTES}.81`]: "preserve_client_ip.enabled=false",
    });
    expect(group.preservesClientAddress).toMatchObject({
      value: true,
      at: { path: expect.stringContaining(`${ATTRIBUTES}.80`) },
    });
    expect(group.attributes["deregistration_delay.timeout_seconds"]).toMatchObject({
      value: 60,
      by: "given",
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ["the attribute", { [ATTRIBUTES]: "proxy_protocol_v2.enabled=true" }, "v2"],
    ["the star", { "aws-load-balancer-proxy-protocol": "*" }, "v2"],
    [
      "the star wins over the list",
      { "aws-load-balancer-proxy-protocol": "*", "aws-load-balancer-proxy-protocol-per-target-group": "443" },
      "v2",
    ],
    ["listed", { "aws-load-balancer-proxy-protocol-per-target-group": "443, 80" }, "v2"],
    [
      "not listed, which forces it off",
      {
        "aws-load-balancer-proxy-protocol-per-target-group": "443",
        [ATTRIBUTES]: "proxy_protocol_v2.enabled=true",
      },
      "off",
    ],
    [
      "listed in another spelling of the number",
      { "aws-load-balancer-proxy-protocol-per-target-group": "080" },
      "off",
    ],
    ["an empty value is not sent", { [ATTRIBUTES]: "proxy_protocol_v2.enabled=" }, "off"],
  ])("PROXY protocol: %s", (_name, annotations, version) => {
    expect(read(annotations).proxyProtocol.value).toBe(version);
  });

  test("the older annotation for cross-zone wins over the attribute", () => {
    const subject = awsService({
      "aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
      "aws-load-balancer-cross-zone-load-balancing-enabled": "false",
    });
    expect(built(subject).attributes["load_balancing.cross_zone.enabled"]?.value).toBe(false);
  });
});

describe("scheme", () => {
  test.each<[string, Record<string, string>, string, LbcSettings?]>([
    ["internal where nobody says", {}, "internal"],
    ["the flag", {}, "internet-facing", { defaultScheme: "internet-facing" }],
    ["the annotation", { "aws-load-balancer-scheme": "internet-facing" }, "internet-facing"],
    [
      "the annotation over the older one",
      { "aws-load-balancer-scheme": "internet-facing", "aws-load-balancer-internal": "true" },
      "internet-facing",
    ],
    ["the older one", { "aws-load-balancer-internal": "f" }, "internet-facing"],
  ])("%s", (...[, annotations, scheme, settings]) => {
    expect(built(awsService(annotations), settings).scheme.value).toBe(scheme);
  });
});

describe("listeners", () => {
  const port = (name: string, protocol: "TCP" | "UDP" | "SCTP", number: number) => ({
    name,
    protocol,
    port: number,
    targetPort: number,
    nodePort: 31000 + number,
  });
  const dns = { ports: [port("udp", "UDP", 53), port("tcp", "TCP", 53)] };
  const protocols = (subject: Service, settings?: LbcSettings) =>
    built(subject, settings).listeners.map(
      ({ protocol, port: { value } }) => `${String(protocol.value)} ${String(value)}`,
    );

  test("TCP and UDP on one port: the first wins, and the other is told of", () => {
    expect(protocols(webService(dns))).toEqual(["UDP 53"]);
    expect(built(webService(dns)).left).toEqual([
      { port: dns.ports[1], reason: expect.stringContaining("UDP on the same port") },
    ]);
  });

  test("merged by annotation or gate, and not by a value that is no boolean", () => {
    const enable = "aws-load-balancer-enable-tcp-udp-listener";
    expect(protocols(awsService({ [enable]: "true" }, dns))).toEqual(["TCP_UDP 53"]);
    expect(protocols(webService(dns), { tcpUdpListeners: true })).toEqual(["TCP_UDP 53"]);
    expect(protocols(awsService({ [enable]: "on" }, dns), { tcpUdpListeners: true })).toEqual(["TCP_UDP 53"]);
    expect(protocols(awsService({ [enable]: "false" }, dns), { tcpUdpListeners: true })).toEqual(["UDP 53"]);
  });

  test("TLS with a certificate: all TCP ports, or those that are listed", () => {
    const ports = { ports: [port("http", "TCP", 80), port("https", "TCP", 443), port("dns", "UDP", 53)] };
    const certificate = { "aws-load-balancer-ssl-cert": "arn:aws:acm:eu-west-1:1:certificate/a" };
    expect(protocols(awsService(certificate, ports))).toEqual(["TLS 80", "TLS 443", "UDP 53"]);
    expect(protocols(awsService({ ...certificate, "aws-load-balancer-ssl-ports": "https" }, ports))).toEqual([
      "TCP 80",
      "TLS 443",
      "UDP 53",
    ]);
    const [first] = built(
      awsService({ ...certificate, "aws-load-balancer-backend-protocol": "ssl" }, ports),
    ).listeners;
    expect(first?.targetGroup.protocol.value).toBe("TLS");
  });

  test("one port that is not known hides nothing of the other", () => {
    const ports = [
      { ...port("a", "TCP", 80), nodePort: unknownAt("spec.ports[0].nodePort") },
      port("b", "TCP", 443),
    ];
    expect(
      built(webService({ ports })).listeners.map(({ targetGroup: { port: registered } }) => registered.value),
    ).toEqual([expect.objectContaining({ unknown: true }), 31443]);
  });
});

test.each<[RefusalKind, string, Service, LbcSettings?]>([
  ["healthCheckProtocol", "grpc", awsService({ [`${HC}-protocol`]: "grpc" })],
  ["healthCheckPort", "a name of no port", awsService({ [`${HC}-port`]: "Traffic-Port" })],
  [
    "healthCheckPort",
    "a named port whose target is a name",
    awsService(
      { ...IP, [`${HC}-port`]: "http" },
      { ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "web" }] },
    ),
  ],
  ["number", "an interval with a unit", awsService({ [`${HC}-interval`]: "10s" })],
  ["proxyProtocol", "true in place of the star", awsService({ "aws-load-balancer-proxy-protocol": "true" })],
  [
    "proxyProtocol",
    "a port by name",
    awsService({ "aws-load-balancer-proxy-protocol-per-target-group": "http" }),
  ],
  [
    "attribute",
    "a boolean that is none",
    awsService({ "aws-load-balancer-target-group-attributes": "preserve_client_ip.enabled=maybe" }),
  ],
  ["map", "a map that is none", awsService({ "aws-load-balancer-target-group-attributes": "garbage" })],
  [
    "map",
    "node labels that are none, with instance targets",
    awsService({ "aws-load-balancer-target-node-labels": "pool" }),
  ],
  ["scheme", "a scheme in capitals", awsService({ "aws-load-balancer-scheme": "Internal" })],
  ["serviceType", "instance targets of a ClusterIP Service", webService({ type: "ClusterIP" })],
  [
    "nodePort",
    "allocation switched off",
    webService({
      allocateLoadBalancerNodePorts: false,
      ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 80 }],
    }),
  ],
  [
    "nodePort",
    "no node port",
    webService({ ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 80 }] }),
  ],
  ["addressType", "IPv6 without dual stack", webService({ ipFamilies: ["IPv6"] })],
  ["tlsPorts", "a star", awsService({ "aws-load-balancer-ssl-ports": "*" })],
  [
    "dnsRouting",
    "another policy",
    awsService({ "aws-load-balancer-attributes": "dns_record.client_routing_policy=zonal" }),
  ],
  [
    "boolean",
    "cross-zone left empty",
    awsService({ "aws-load-balancer-cross-zone-load-balancing-enabled": "" }),
  ],
  ["name", "a long name", awsService({ "aws-load-balancer-name": "n".repeat(33) })],
  [
    "address",
    "Elastic IPs on an internal load balancer",
    awsService({ "aws-load-balancer-eip-allocations": "eipalloc-1" }),
  ],
  [
    "address",
    "private addresses on one on the internet",
    awsService({
      "aws-load-balancer-private-ipv4-addresses": "10.0.0.4",
      "aws-load-balancer-scheme": "internet-facing",
    }),
  ],
  [
    "address",
    "more addresses than subnets",
    awsService({
      "aws-load-balancer-private-ipv4-addresses": "10.0.0.4,10.0.1.4",
      "aws-load-balancer-subnets": "subnet-1",
    }),
  ],
  [
    "address",
    "an address that is none",
    awsService({ "aws-load-balancer-private-ipv4-addresses": "10.0.0" }),
  ],
  ["address", "IPv6 on IPv4 alone", awsService({ "aws-load-balancer-ipv6-addresses": "fd00::4" })],
  [
    "addressType",
    "an IPv6 source range on IPv4 alone",
    webService({ loadBalancerSourceRanges: ["10.0.0.0/8", "fd00::/8"] }),
  ],
  ["addressType", "the same in the annotation", awsService({ "load-balancer-source-ranges": "fd00::/8" })],
  [
    "capacity",
    "another key of the capacity",
    awsService({ "aws-load-balancer-minimum-load-balancer-capacity": "Units=5" }),
  ],
  [
    "boolean",
    "a private link setting that is neither on nor off",
    awsService({ "aws-load-balancer-inbound-sg-rules-on-private-link-traffic": "true" }),
  ],
  [
    "boolean",
    "worker rules of a given security group that are no boolean",
    awsService({
      "aws-load-balancer-security-groups": "sg-1",
      "aws-load-balancer-manage-backend-security-group-rules": "on",
    }),
  ],
  [
    "securityGroup",
    "worker rules without the backend security group",
    awsService({
      "aws-load-balancer-security-groups": "sg-1",
      "aws-load-balancer-manage-backend-security-group-rules": "true",
    }),
    { backendSecurityGroup: false },
  ],
  ["portProtocol", "QUIC on TCP", awsService({ "aws-load-balancer-quic-enabled-ports": "80" })],
  ["targetType", "IP targets switched off", awsService(IP), { ipTargets: false }],
])("refused (%s): %s", (...[kind, , subject, settings]) => {
  expect(refusal(subject, settings)).toBe(kind);
});

test("node labels choose the nodes of instance targets", () => {
  const chosen = awsService({ "aws-load-balancer-target-node-labels": "pool=edge,tier=web" });
  expect(targetGroup(chosen).nodeSelector).toMatchObject({
    value: { matchLabels: { pool: "edge", tier: "web" } },
    by: "given",
  });
  expect(targetGroup(webService({})).nodeSelector).toBeUndefined();
});

test("node labels do not matter to IP targets", () => {
  expect(
    targetGroup(awsService({ ...IP, "aws-load-balancer-target-node-labels": "pool=edge" })).nodeSelector,
  ).toBeUndefined();
  expect(refusal(awsService({ ...IP, "aws-load-balancer-target-node-labels": "pool" }))).toBeUndefined();
});

test.each<[string, Record<string, string>, Partial<Service>, LbcSettings?]>([
  ["source ranges, with groups that were given", { "aws-load-balancer-security-groups": "sg-1" }, RANGES],
  ["source ranges, without any group", { "aws-load-balancer-disable-nlb-sg": "true" }, RANGES],
  ["source ranges, with the gate off", {}, RANGES, { securityGroups: false }],
  ["source ranges that are none", {}, { loadBalancerSourceRanges: ["not-a-range"] }],
  [
    "worker rules of the controller's own group",
    { "aws-load-balancer-manage-backend-security-group-rules": "garbage" },
    {},
  ],
])("not looked at: %s", (...[, annotations, over, settings]) => {
  expect(refusal(awsService(annotations, over), settings)).toBeUndefined();
});
