import { decide } from "@evenkeel/test-generators";
import { isUnknown, unknownAt, type Exposure } from "@evenkeel/core/model";
import { decidedComponent } from "../join/component";
import { decidesTraffic, exposureFromComponent } from "./component";

const INSTANCE = "evenkeel:index:NlbInstanceService";
const IP = "evenkeel:index:NlbIpService";
const INTERNAL = "evenkeel:index:InternalService";

const inputs = {
  namespace: "shop",
  scheme: "internal",
  ports: [{ name: "http", port: 80, targetPort: 8080 }],
  workload: { replicas: 3, labels: { app: "web" }, spec: { containers: [{ name: "web" }] } },
  cluster: { kubernetesVersion: "1.35", nodes: [{ count: 3, zones: ["a", "b", "c"] }] },
  pulumiOwned: { vpcId: "vpc-1", subnets: ["subnet-a"] },
};

const read = (more: object = {}, type = INSTANCE) =>
  decidedComponent(type, { ...inputs, ...more }, { name: "web", urn: "urn:web" });
const exposed = (more: object = {}, type = INSTANCE): Exposure => {
  const reading = read(more, type);
  if (!reading) throw new Error("not read");
  return reading.exposure;
};

describe("the arguments of a component", () => {
  it("say what Service there will be, with the ports that are still to be allocated", () => {
    const { service } = exposed({ trafficPolicy: "Local" });
    expect(service).toMatchObject({
      ref: { kind: "Service", namespace: "shop", name: "web" },
      type: "LoadBalancer",
      loadBalancerClass: "evenkeel.io/unmanaged",
      externalTrafficPolicy: "Local",
      selector: { app: "web" },
      ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080 }],
      healthCheckNodePort: {
        unknown: true,
        origin: { resource: "Service/shop/web", field: "spec.healthCheckNodePort" },
      },
    });
  });

  it("say what stands in front, at the places where somebody would change it", () => {
    const [front] = exposed({ trafficPolicy: "Local", healthCheck: { intervalSeconds: 5 } }).fronts;
    const resource = { kind: "NlbInstanceService", namespace: "shop", name: "web", urn: "urn:web" };
    expect(front).toMatchObject({
      balancer: "nlb",
      controller: { name: "pulumi" },
      resource,
      servicePort: 80,
      targets: { value: "instance" },
      scheme: { value: "internal", by: "given", at: { resource, path: "scheme" } },
      healthCheck: {
        protocol: { value: "HTTP", by: "default", at: { path: "healthCheck.protocol" } },
        path: { value: "/healthz" },
        intervalSeconds: { value: 5, by: "given", at: { path: "healthCheck.intervalSeconds" } },
        timeoutSeconds: { value: 5, by: "default" },
      },
    });
  });

  it("say who makes the load balancer", () => {
    const { service, fronts } = exposed({ pulumiOwned: undefined, controllerOwned: {} }, IP);
    expect(service).toMatchObject({
      loadBalancerClass: "service.k8s.aws/nlb",
      allocateLoadBalancerNodePorts: false,
    });
    expect(fronts[0]?.controller.name).toBe("aws-load-balancer-controller");
    expect(fronts[0]?.targetPort.value).toBe(8080);
  });

  it("say what runs behind it, as a record or as the properties of a resource", () => {
    const spec = {
      replicas: 2,
      selector: { matchLabels: { app: "api" } },
      template: { metadata: { labels: { app: "api" } } },
    };
    const deployment = { metadata: { name: "api", namespace: "backend" }, spec };
    expect(exposed().workloads).toMatchObject([
      { ref: { kind: "Deployment", namespace: "shop", name: "web" }, replicas: { count: 3 } },
    ]);
    const { service, workloads } = exposed({ workload: undefined, deployment });
    expect(workloads).toMatchObject([{ ref: { namespace: "backend", name: "api" }, replicas: { count: 2 } }]);
    expect(service.selector).toEqual({ app: "api" });
  });

  it("leave the policy open under Auto, with what rests on it, until core has chosen", () => {
    const identity = { name: "web", urn: "urn:web" };
    const open = exposureFromComponent(INSTANCE, inputs, identity);
    expect(open?.choice).toEqual({ side: "external", isOpen: true });
    expect(isUnknown(open?.service.externalTrafficPolicy)).toBe(true);
    expect(isUnknown(open?.fronts[0]?.healthCheck?.protocol.value)).toBe(true);
    const chosen = { externalTrafficPolicy: "Local", trafficDistribution: null } as const;
    const decided = exposureFromComponent(INSTANCE, inputs, identity, chosen);
    expect(decided).not.toHaveProperty("choice");
    expect(decided?.service.externalTrafficPolicy).toBe("Local");
    expect(decided?.fronts[0]?.healthCheck?.protocol.value).toBe("HTTP");
  });

  it("choose under Auto, and the exposure has the choice", () => {
    const reading = read({ requirements: { minNodesServing: 4 } });
    expect(reading?.decision?.chosen.externalTrafficPolicy).toBe("Cluster");
    expect(reading?.exposure.service.externalTrafficPolicy).toBe("Cluster");
    expect(reading?.exposure.fronts[0]?.healthCheck?.protocol.value).toBe("TCP");
  });

  it("state requirements that hold for whoever decides on the exposure later", () => {
    const reading = read({ requirements: { minNodesServing: 4 } });
    const [decision] = reading ? decide(reading.exposure) : [];
    expect(decision?.chosen).toEqual(reading?.decision?.chosen);
    expect(decision?.requirements.minNodesServing).toBe(4);
  });

  it("state the choice made before, which whoever decides on the exposure later keeps too", () => {
    const reading = read({ pinned: { policy: "Cluster" }, betterBy: 0.5 });
    expect(reading?.decision?.pin).toMatchObject({ kept: true });
    const [decision] = reading ? decide(reading.exposure) : [];
    expect(decision?.pin).toEqual(reading?.decision?.pin);
    expect(decision?.chosen).toEqual({ externalTrafficPolicy: "Cluster", trafficDistribution: null });
    expect(read({})?.exposure.wishes).toBeUndefined();
  });

  it("are weighed too where the policy is given", () => {
    const reading = read({ trafficPolicy: "Cluster" });
    expect(reading?.exposure.service.externalTrafficPolicy).toBe("Cluster");
    expect(reading?.decision?.rejected).toEqual([]);
  });
});

describe("a component without a load balancer", () => {
  it("has a cluster IP and no front", () => {
    const { service, fronts, written } = exposed({ internalTrafficPolicy: "Cluster" }, INTERNAL);
    expect(service).toMatchObject({ type: "ClusterIP", headless: false, internalTrafficPolicy: "Cluster" });
    expect(fronts).toEqual([]);
    const { spec } = written as { spec: object };
    expect(Object.keys(spec).sort()).toEqual(["internalTrafficPolicy", "ports", "selector", "type"]);
  });

  it("has its internal side chosen, policy and distribution", () => {
    const reading = read({}, INTERNAL);
    expect(reading?.decision).toMatchObject({
      side: "internal",
      chosen: { internalTrafficPolicy: "Cluster" },
    });
    expect(reading?.exposure.service.trafficDistribution).toBe(reading?.decision?.chosen.trafficDistribution);
    const daemons = read({ workload: { kind: "DaemonSet", labels: { app: "web" } } }, INTERNAL);
    expect(daemons?.exposure.service.internalTrafficPolicy).toBe("Local");
  });

  it("waits with both for what is not known, unless they are given", () => {
    const workload = { ...inputs.workload, replicas: unknownAt("workload.replicas") };
    const open = exposed({ workload }, INTERNAL).service;
    expect([open.internalTrafficPolicy, open.trafficDistribution].every(isUnknown)).toBe(true);
    const given = exposed({ workload, trafficDistribution: "PreferClose" }, INTERNAL).service;
    expect(given.trafficDistribution).toBe("PreferClose");
    expect(isUnknown(given.internalTrafficPolicy)).toBe(true);
  });
});

describe("what is not known yet", () => {
  it.each([
    [
      "a number of pods",
      { workload: { ...inputs.workload, replicas: unknownAt("workload.replicas") } },
      "workload.replicas",
    ],
    ["a shape of the cluster", { cluster: { nodes: [{ count: unknownAt("x") }] } }, "cluster.nodes[0].count"],
    [
      "a workload that a pack sees only by its URN",
      { workload: undefined, deployment: "urn:pulumi:dev::shop::kubernetes:apps/v1:Deployment::web" },
      "deployment",
    ],
  ])("%s makes Auto wait, and with it the health check", (_, more, path) => {
    const reading = read(more);
    expect(reading?.exposure.choice?.waitsFor?.path).toBe(path);
    expect(reading).not.toHaveProperty("decision");
    const { service, fronts } = reading!.exposure;
    const healthCheck = fronts[0]?.healthCheck;
    expect(
      [service.externalTrafficPolicy, healthCheck?.protocol.value, healthCheck?.port.value].every(isUnknown),
    ).toBe(true);
  });

  it("leaves a policy that is given, and the health check that follows from it", () => {
    const { service, fronts, missing } = exposed({
      trafficPolicy: "Cluster",
      workload: unknownAt("workload"),
    });
    expect(service.externalTrafficPolicy).toBe("Cluster");
    expect(fronts[0]?.healthCheck).toMatchObject({
      protocol: { value: "TCP" },
      port: { value: "traffic-port" },
    });
    expect(missing).toMatchObject([{ what: "workload" }]);
  });

  it("keeps what else is known of the cluster", () => {
    const { cluster } = exposed({
      trafficPolicy: "Cluster",
      cluster: { kubernetesVersion: "1.35", dataplane: "nftables", nodes: [{ count: unknownAt("x") }] },
    });
    expect(cluster).toMatchObject({ kubernetesVersion: "1.35", dataplane: "nftables", nodes: [] });
    const other = { cluster: { kubernetesVersion: unknownAt("x"), nodes: [{ count: 3 }] } };
    expect(exposed({ trafficPolicy: "Cluster", ...other }).cluster.nodes).toHaveLength(3);
  });

  it("does not wait for names and networks", () => {
    const more = {
      namespace: unknownAt("namespace"),
      pulumiOwned: unknownAt("pulumiOwned"),
      tags: unknownAt("tags"),
    };
    expect(read(more)?.decision).toBeDefined();
    expect(["namespace", "pulumiOwned", "workload"].map(decidesTraffic)).toEqual([false, false, true]);
  });
});

describe("what are no arguments of a component", () => {
  it.each<[string, string, unknown]>([
    ["another type", "kubernetes:core/v1:Service", inputs],
    ["no record", INSTANCE, undefined],
    [
      "a component's outputs, which are all that the stack's stage has",
      INSTANCE,
      { hostname: "x", decision: {} },
    ],
  ])("%s", (_, type, given) => {
    expect(exposureFromComponent(type, given, { name: "web" })).toBeUndefined();
  });

  it.each([
    { ports: "http" },
    { ports: [1] },
    { healthCheck: [] },
    { workload: 3 },
    { cluster: "big" },
    { kubernetesVersion: "soon" },
    { scheme: 7 },
  ])("values of the wrong kind are read as absent: %j", (more) => {
    expect(() => read(more)).not.toThrow();
  });
});
