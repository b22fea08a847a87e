import type { Exposure, Front } from "@evenkeel/core/model";
import { readKubernetes, readPulumi, type HaproxySource } from "..";

const service = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "evenkeel.io/unmanaged",
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80, targetPort: 8080, nodePort: 30080 },
      { name: "tls", port: 443, targetPort: 8443, nodePort: 30443 },
    ],
    ...spec,
  },
});

const node = (name: string, address: string) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name },
  status: { addresses: [{ type: "InternalIP", address }], allocatable: { cpu: "4" } },
});

const slice = (addresses: readonly string[]) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
  addressType: "IPv4",
  ports: [{ name: "http", port: 8080 }],
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
});

const config = (...lines: readonly string[]): HaproxySource => ({
  home: {
    resource: { kind: "HAProxy", name: "haproxy.cfg", source: { file: "edge/haproxy.cfg", document: 0 } },
    firstLine: 1,
  },
  text: lines.join("\n"),
});

function read(objects: readonly object[], ...lines: readonly string[]) {
  return readKubernetes(
    objects.map((object) => ({ object })),
    { haproxy: [config(...lines)] },
  );
}

function frontsOf(objects: readonly object[], ...lines: readonly string[]): readonly Front[] {
  return read(objects, ...lines).exposures.flatMap(({ fronts }) => fronts);
}

const summary = ({ servicePort, targets, targetPort, members = [] }: Front) => ({
  servicePort,
  targets: targets.value,
  targetPort: targetPort.value,
  members: members.map(({ name, node: on }) => (on === undefined ? name : `${name} on ${on}`)),
});

describe("the Service behind a server", () => {
  test("by its node port, with the nodes that have the servers' addresses", () => {
    const nodes = [node("vm1", "192.0.2.1"), node("vm2", "192.0.2.2")];
    const fronts = frontsOf(
      [service(), ...nodes],
      "listen web",
      " bind :80",
      " server a 192.0.2.1:30080",
      " server b 192.0.2.2:30080",
      " server c 192.0.2.3:30080 disabled",
    );
    expect(fronts.map(summary)).toEqual([
      { servicePort: 80, targets: "node", targetPort: 30080, members: ["a on vm1", "b on vm2"] },
    ]);
  });

  test("one front for each port, each on the line of its first server", () => {
    const fronts = frontsOf(
      [service()],
      "frontend in",
      " bind :80",
      " use_backend plain if TRUE",
      "backend plain",
      " server a 192.0.2.1:30080",
      "backend tls",
      " server a 192.0.2.1:30443",
    );
    expect(fronts.map(summary).map(({ servicePort }) => servicePort)).toEqual([80, 443]);
    expect(fronts.map(({ targets }) => targets.at.line)).toEqual([5, 7]);
    expect(fronts.map(({ listener }) => listener?.port.value)).toEqual([80, undefined]);
  });

  test.each<[string, object]>([
    ["an endpoint", slice(["198.51.100.1"])],
    [
      "a pod that the Service selects",
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web-0", namespace: "shop", labels: { app: "web" } },
        spec: { containers: [] },
        status: { podIPs: [{ ip: "198.51.100.1" }] },
      },
    ],
  ])("by the address of %s: the pods are the targets", (_, object) => {
    const fronts = frontsOf([service(), object], "listen web", " server a 198.51.100.1:8443");
    expect(fronts.map(summary)).toEqual([
      { servicePort: 443, targets: "pod", targetPort: 8443, members: ["a"] },
    ]);
  });

  test("by its health-check node port, where the node port is not known yet", () => {
    const local = service({
      externalTrafficPolicy: "Local",
      healthCheckNodePort: 31000,
      ports: [{ port: 80 }],
    });
    const [front] = frontsOf([local], "listen web", " server a 192.0.2.1:30080 check port 31000");
    expect(front && summary(front)).toMatchObject({ servicePort: 80, targets: "node", targetPort: 30080 });
  });

  test("by its name in a comment, which counts for more than a port", () => {
    const other = service({ ports: [{ port: 80 }] }, { name: "api" });
    const { exposures } = read(
      [service(), other],
      "listen web # evenkeel.io/service: shop/api",
      " server a 192.0.2.1:30080",
    );
    const fronted = exposures.filter(({ fronts }) => fronts.length > 0);
    expect(fronted.map(({ service: { ref } }) => ref.name)).toEqual(["api"]);
  });

  describe("of several clusters' Services, the one beside the configuration", () => {
    const at = (file: string, name = "web") => ({
      object: service({}, { name }),
      source: { file, document: 0 },
    });
    test.each<[string, string, readonly ReturnType<typeof at>[]]>([
      ["of one name", " server a 192.0.2.1:30080", [at("dev/web.yaml"), at("edge/web.yaml")]],
      ["of several", " server a 192.0.2.1:30080", [at("dev/web.yaml", "api"), at("edge/web.yaml")]],
      [
        "that the section names",
        " # evenkeel.io/service: shop/web\n server a 192.0.2.1:80",
        [at("dev/web.yaml"), at("edge/web.yaml")],
      ],
    ])("%s", (_, lines, sources) => {
      const { exposures } = readKubernetes(sources, { haproxy: [config("listen web", lines)] });
      expect(exposures.map(({ fronts }) => fronts.length)).toEqual([0, 1]);
    });
  });

  test("two that are as near are not told apart", () => {
    const { exposures, unjoined } = read(
      [service(), service({}, { name: "api" })],
      "listen web",
      " server a 192.0.2.1:30080",
    );
    expect(exposures.flatMap(({ fronts }) => fronts)).toEqual([]);
    expect(unjoined[0]?.missing.detail).toContain("Service shop/web and Service shop/api have its port");
  });
});

describe("a configuration that names no Service in sight", () => {
  const unjoined = (objects: readonly object[], ...lines: readonly string[]) =>
    read(objects, ...lines).unjoined;

  test("is said once, with its line and what to do", () => {
    const told = unjoined(
      [service()],
      "listen web",
      " server a 192.0.2.1:30999",
      " server b 192.0.2.2:30999",
      "listen api",
      " server a 192.0.2.1:31999",
    );
    expect(told).toMatchObject([
      {
        ref: { kind: "HAProxy", name: "haproxy.cfg" },
        at: { path: "listen web server a", line: 2 },
        missing: {
          what: "service",
          detail: expect.stringContaining("no Service of this input has node port 30999"),
        },
      },
    ]);
    expect(JSON.stringify(told[0]?.missing.how)).toContain("# evenkeel.io/service: namespace/name");
  });

  test("beside servers that are joined only node ports are asked about", () => {
    const told = unjoined(
      [service()],
      "listen web",
      " server a 192.0.2.1:30080",
      "listen database",
      " server a 192.0.2.7:5432",
      "listen api",
      " server a 192.0.2.1:31999",
    );
    expect(told.map(({ at }) => at?.path)).toEqual(["listen api server a"]);
  });

  test("a name in a comment that nobody has", () => {
    const [told] = unjoined(
      [service()],
      "listen web",
      " # evenkeel.io/service: shop/wbe",
      " server a 192.0.2.1:30080",
    );
    expect(told?.missing.detail).toContain("names shop/wbe, which is not in this input");
  });

  test.each<[string, string]>([
    ["a socket", "unix@/run/app.sock"],
    ["this machine", "127.0.0.1:8080"],
    ["the API server", "192.0.2.1:6443"],
    ["a Service by its name in the cluster", "web.shop:80"],
    ["any Service by its full name", "redis.cache.svc.cluster.local:6379"],
  ])("%s is none", (_, address) => {
    expect(unjoined([service()], "listen web", ` server a ${address}`)).toEqual([]);
  });
});

describe("what servers differ in is not known of all", () => {
  test("checks, headers and weights stay with each server", () => {
    const [front] = frontsOf(
      [service()],
      "listen web",
      " server a 192.0.2.1:30080 check send-proxy-v2 weight 3",
      " server b 192.0.2.2:30080",
      " server c 192.0.2.3:30080 check port 31000 backup",
    );
    expect(front?.proxyProtocol.value).toMatchObject({ unknown: true });
    expect(front?.healthCheck?.protocol.value).toMatchObject({ unknown: true });
    expect(
      front?.members?.map(({ weight, backup, proxyProtocol }) => [weight.value, backup, proxyProtocol.value]),
    ).toEqual([
      [3, false, "v2"],
      [1, false, "off"],
      [1, true, "off"],
    ]);
    expect(front?.members?.map(({ healthCheck }) => healthCheck?.port.value)).toEqual([
      "traffic-port",
      undefined,
      31000,
    ]);
  });

  test("backups have nothing to say while others serve", () => {
    const [front] = frontsOf(
      [service()],
      "listen web",
      " server a 192.0.2.1:30080 check",
      " server b 192.0.2.2:30080 backup",
    );
    expect(front?.healthCheck?.protocol.value).toBe("TCP");
  });
});

describe("what the pods see of the client", () => {
  test.each<[string, boolean]>([
    ["server a 192.0.2.1:30080", false],
    ["server a 192.0.2.1:30080 source 192.0.2.9", false],
    ["server a 192.0.2.1:30080 source 0.0.0.0 usesrc client", true],
    ["source 0.0.0.0 usesrc clientip\nserver a 192.0.2.1:30080", true],
    ["source 0.0.0.0 usesrc clientip\nserver a 192.0.2.1:30080 source 192.0.2.9", false],
  ])("%j: its address is kept, %s", (lines, wanted) => {
    const [front] = frontsOf([service()], "listen web", lines);
    expect(front?.preservesClientAddress.value).toBe(wanted);
  });

  test.each<[readonly string[], boolean]>([
    [["mode http", "option forwardfor"], true],
    [["mode tcp", "option forwardfor"], false],
    [["mode http"], false],
  ])("%j: forwarded %s", (lines, wanted) => {
    const [front] = frontsOf([service()], "listen web", ...lines, "server a 192.0.2.1:30080");
    expect(front?.attributes["option forwardfor"]?.value).toBe(wanted);
  });
});

describe("in a ConfigMap", () => {
  const configMap = (data: object, annotations: object = {}) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "haproxy", namespace: "edge", annotations },
    data,
  });
  const text = "listen web\n  server a 192.0.2.1:30080 check\n";

  test("of any name that ends in .cfg, with the line of the file where the text is one of its own", () => {
    const { exposures } = readKubernetes([
      { object: service() },
      { object: configMap({ "edge.cfg": text }), textStarts: { "edge.cfg": 8 } },
    ]);
    const [front] = exposures.flatMap(({ fronts }) => fronts);
    expect(front?.targets.at).toEqual({
      resource: { kind: "ConfigMap", namespace: "edge", name: "haproxy" },
      path: 'data["edge.cfg"] listen web server a',
      line: 9,
    });
  });

  test("of a Pulumi program, before the Service that it names", () => {
    const resource = (type: string, properties: object) => ({
      type,
      urn: `urn:${type}`,
      name: "web",
      properties: properties as Record<string, unknown>,
      dependencies: [],
      propertyDependencies: {},
    });
    const { exposures, unjoined } = readPulumi([
      resource("kubernetes:core/v1:Service", service({ ports: [{ port: 80 }] })),
      resource(
        "kubernetes:core/v1:ConfigMap",
        configMap({ "haproxy.cfg": text }, { "evenkeel.io/service": "shop/web" }),
      ),
    ]);
    expect(exposures.map(({ fronts }: Exposure) => fronts.map(({ balancer }) => balancer))).toEqual([
      ["haproxy"],
    ]);
    expect(unjoined).toEqual([]);
  });

  test("that HAProxy would not take is a problem with its line, and without its words", () => {
    const { exposures, problems } = readKubernetes([
      { object: service() },
      { object: configMap({ "haproxy.cfg": 'userlist u\n user a password "hunter2\nlisten web\n' }) },
    ]);
    expect(exposures.flatMap(({ fronts }) => fronts)).toEqual([]);
    expect(problems).toEqual([
      {
        resource: { kind: "ConfigMap", namespace: "edge", name: "haproxy" },
        path: 'data["haproxy.cfg"] line 2',
        seen: "a double quote that is not closed",
        wanted: "a second one",
      },
    ]);
  });

  test.each<[string, object]>([
    ["another program's .cfg", { "setup.cfg": "[metadata]\nname = web\n" }],
    ["another key", { "haproxy.conf": text }],
    ["no text", { "haproxy.cfg": 1 }],
    ["no data", {}],
  ])("%s is passed over", (_, data) => {
    const { exposures, problems } = readKubernetes([{ object: service() }, { object: configMap(data) }]);
    expect([exposures.flatMap(({ fronts }) => fronts), problems]).toEqual([[], []]);
  });
});

describe("whether the pods read a PROXY header", () => {
  const controller = (image: string, arg: string) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "c", image, args: [arg] }] },
      },
    },
  });
  const settings = (data?: object) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace: "shop" },
    ...(data ? { data } : {}),
  });
  const nginx = "registry.k8s.io/ingress-nginx/controller:v1.12.1";
  const own = "--configmap=$(POD_NAMESPACE)/settings";
  test("from some networks it depends on where HAProxy is", () => {
    const objects = [
      controller("haproxytech/kubernetes-ingress:3.0", own),
      settings({ "proxy-protocol": "192.0.2.0/24" }),
    ];
    const [exposure] = readKubernetes([service(), ...objects].map((object) => ({ object }))).exposures;
    expect(exposure?.readsProxyProtocol?.value).toMatchObject({ unknown: true });
  });

  test.each<[string, readonly object[], unknown]>([
    ["switched on", [controller(nginx, own), settings({ "use-proxy-protocol": "true" })], true],
    ["switched off", [controller(nginx, own), settings({ "use-proxy-protocol": "false" })], false],
    ["not mentioned", [controller(nginx, own), settings()], false],
    ["in a namespace by name", [controller(nginx, "--configmap=shop/settings"), settings()], false],
    ["a ConfigMap that is not in sight", [controller(nginx, own)], undefined],
    [
      "from everywhere",
      [
        controller("haproxytech/kubernetes-ingress:3.0", own),
        settings({ "proxy-protocol": "192.0.2.0/24, 0.0.0.0/0" }),
      ],
      true,
    ],
    [
      "from nowhere",
      [controller("haproxytech/kubernetes-ingress:3.0", own), settings({ "use-proxy-protocol": "true" })],
      false,
    ],
    ["another program", [controller("registry.example/app:1", own), settings()], undefined],
  ])("%s", (_, objects, wanted) => {
    const [exposure] = readKubernetes([service(), ...objects].map((object) => ({ object }))).exposures;
    expect(exposure?.readsProxyProtocol?.value).toBe(wanted);
  });
});
