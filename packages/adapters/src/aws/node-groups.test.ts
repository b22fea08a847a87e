import { estimate } from "@evenkeel/core/estimate";
import { estimateDuring } from "@evenkeel/test-generators";
import { unknownAt, zoneOf, type Cluster } from "@evenkeel/core/model";

import { readPulumi, type PulumiOptions } from "../join/pulumi";
import type { PulumiResource } from "../pulumi/resource";

const resource = (
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  propertyDependencies: Readonly<Record<string, readonly string[]>> = {},
): PulumiResource => ({
  type,
  name,
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  properties,
  propertyDependencies,
});

const service = resource("kubernetes:core/v1:Service", "web", {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
});
const deployment = resource("kubernetes:apps/v1:Deployment", "web", {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "a" }] } },
  },
});
const subnet = (zone: unknown, id: unknown = `subnet-${String(zone)}`) =>
  resource("aws:ec2/subnet:Subnet", `subnet-${String(zone)}`, { id, availabilityZone: zone });
const eks = (name = "main", properties: object = { version: "1.34" }) =>
  resource("aws:eks/cluster:Cluster", name, { name, ...properties });
const scaling = { desiredSize: 3, minSize: 2, maxSize: 6 };
const nodeGroup = (
  properties: object = {},
  dependencies: Readonly<Record<string, readonly string[]>> = {},
  name = "workers",
) =>
  resource(
    "aws:eks/nodeGroup:NodeGroup",
    name,
    {
      clusterName: "main",
      nodeGroupName: "workers-1",
      instanceTypes: ["m5.large"],
      scalingConfig: scaling,
      subnetIds: ["subnet-a", "subnet-b"],
      ...properties,
    },
    dependencies,
  );

const subnets = [subnet("a"), subnet("b")];

function clusterOf(resources: readonly PulumiResource[], options?: PulumiOptions): Cluster {
  const { exposures, problems } = readPulumi([service, deployment, ...resources], options);
  expect(problems).toEqual([]);
  const [exposure] = exposures;
  if (!exposure) throw new Error("no exposure");
  return exposure.cluster;
}

test("the nodes of a stack's node group: number, range, zones, labels, taints and what they offer", () => {
  const cluster = clusterOf([
    eks(),
    ...subnets,
    nodeGroup({
      labels: { pool: "web" },
      taints: [{ key: "dedicated", value: "web", effect: "NO_SCHEDULE" }],
    }),
  ]);
  expect(cluster.kubernetesVersion).toBe("1.34");
  expect(cluster.nodes.map(zoneOf)).toEqual(["a", "b", "a"]);
  expect(cluster.nodeRanges?.map(({ min, nodes }) => [min, nodes.length])).toEqual([[2, 6]]);
  expect(cluster.nodes[0]).toMatchObject({
    name: "workers-1",
    labels: {
      pool: "web",
      "eks.amazonaws.com/nodegroup": "workers-1",
      "node.kubernetes.io/instance-type": "m5.large",
      "kubernetes.io/arch": "amd64",
    },
    taints: [{ key: "dedicated", value: "web", effect: "NoSchedule" }],
    allocatable: { cpu: 1930, pods: 29 },
  });
  expect(cluster.readFrom?.says).toMatch(
    /^the nodes are those of the stack's node groups: 3 of workers, m5\.large, which offers about 1930m CPU and 6903Mi to pods; up to 50 %/,
  );
});

test("the answer says where the nodes come from, and that nothing else was assumed of them", () => {
  const { exposures } = readPulumi([service, deployment, eks(), ...subnets, nodeGroup()]);
  const estimates = exposures.flatMap((one) => estimate(one));
  expect(estimates.length).toBeGreaterThan(0);
  for (const { assumptions, cluster } of estimates) {
    const sentences = assumptions.map(({ sentence }) => sentence);
    expect(sentences).toContainEqual(expect.stringContaining("3 of workers, m5.large"));
    expect(sentences.join()).not.toContain("no cluster is given");
    expect(cluster).toBe("3 nodes in 2 zones (the stack's node groups)");
  }
});

test("and so does what a rollout costs", () => {
  const [exposure] = readPulumi([service, deployment, eks(), ...subnets, nodeGroup()]).exposures;
  if (!exposure) throw new Error("no exposure");
  const [during] = estimateDuring(exposure, { events: [{ kind: "rollout" }], trials: 1, side: "internal" });
  expect(during?.assumptions.map(({ sentence }) => sentence)).toContainEqual(
    expect.stringContaining("3 of workers, m5.large"),
  );
});

describe("what is not known yet", () => {
  test("ids of subnets: they are those that the group was made from", () => {
    const made = [subnet("a", unknownAt("id")), subnet("b", unknownAt("id"))];
    const dependencies = { subnetIds: made.map(({ urn }) => urn) };
    const open = { subnetIds: [unknownAt("subnetIds[0]"), unknownAt("subnetIds[1]")] };
    expect(clusterOf([eks(), ...made, nodeGroup(open, dependencies)]).nodes.map(zoneOf)).toEqual([
      "a",
      "b",
      "a",
    ]);
    const whole = { subnetIds: unknownAt("subnetIds") };
    expect(clusterOf([eks(), ...made, nodeGroup(whole, dependencies)]).nodes.map(zoneOf)).toEqual([
      "a",
      "b",
      "a",
    ]);
  });

  test("subnets of another stack, or in a zone that is not known: no node has a zone, and it is said", () => {
    for (const others of [
      [],
      [subnet("a")],
      [subnet("a"), subnet(unknownAt("availabilityZone"), "subnet-b")],
    ]) {
      const cluster = clusterOf([eks(), ...others, nodeGroup()]);
      expect(cluster.nodes.map(zoneOf)).toEqual([undefined, undefined, undefined]);
      expect(cluster.readFrom?.says).toContain("in zones that are not known");
    }
  });

  test("the number of nodes: the fewest there may be; where not even they are known the group is left out", () => {
    const open = unknownAt("scalingConfig.desiredSize");
    expect(clusterOf([nodeGroup({ scalingConfig: { ...scaling, desiredSize: open } })]).nodes).toHaveLength(
      2,
    );
    const nothing = nodeGroup({ scalingConfig: unknownAt("scalingConfig") }, {}, "later");
    const beside = clusterOf([nodeGroup(), nothing]);
    expect(beside.nodes).toHaveLength(3);
    expect(beside.readFrom?.says).toContain("later, whose number of nodes is not known yet, is left out");
    expect(clusterOf([nothing])).toMatchObject({ nodes: [] });
    expect(clusterOf([nothing]).readFrom).toBeUndefined();
  });

  test.each<[string, object, string]>([
    [
      "a type that is not known yet",
      { instanceTypes: unknownAt("instanceTypes") },
      "of a type that is not known",
    ],
    [
      "a type in a launch template",
      { instanceTypes: undefined, launchTemplate: { id: "lt-1" } },
      "of a type that is not known",
    ],
    [
      "a type that its name does not tell",
      { instanceTypes: ["g5.xlarge"] },
      "g5.xlarge, counted as 4 CPUs and 16Gi each",
    ],
  ])("%s", (_name, properties, says) => {
    const cluster = clusterOf([nodeGroup(properties)]);
    expect(cluster.nodes[0]?.allocatable).toEqual({ cpu: 4000, memory: 16 * 1024 ** 3, pods: 110 });
    expect(cluster.readFrom?.says).toContain(says);
  });

  test("labels", () => {
    const [node] = clusterOf([nodeGroup({ labels: unknownAt("labels") })]).nodes;
    expect(Object.keys(node?.labels ?? {})).not.toContain("path");
    expect(
      clusterOf([nodeGroup({ labels: { a: unknownAt("labels.a"), b: "c" } })]).nodes[0]?.labels,
    ).toMatchObject({ b: "c" });
  });
});

test("several types: what the weakest offers; EKS's own type where nobody says", () => {
  const several = clusterOf([nodeGroup({ instanceTypes: ["m5.xlarge", "c6g.large"] })]);
  expect(several.nodes[0]).toMatchObject({ allocatable: { cpu: 1930, pods: 29 } });
  expect(several.nodes[0]?.labels["kubernetes.io/arch"]).toBe("amd64");
  expect(
    clusterOf([nodeGroup({ instanceTypes: ["m6g.large"] })]).nodes[0]?.labels["kubernetes.io/arch"],
  ).toBe("arm64");
  expect(clusterOf([nodeGroup({ instanceTypes: undefined })]).readFrom?.says).toContain("t3.medium");
});

test("a range that AWS would refuse is none", () => {
  const cluster = clusterOf([nodeGroup({ scalingConfig: { desiredSize: 9, minSize: 2, maxSize: 6 } })]);
  expect(cluster.nodes).toHaveLength(9);
  expect(cluster.nodeRanges).toBeUndefined();
});

describe("what counts for more", () => {
  const given: Cluster = { dataplane: "iptables", nodes: [], pods: [], kubernetesVersion: "1.31" };
  test("a cluster that was given", () => {
    expect(clusterOf([eks(), nodeGroup()], { cluster: given })).toEqual(given);
  });
  test("a version that was given", () => {
    expect(clusterOf([eks(), nodeGroup()], { kubernetesVersion: "1.33" }).kubernetesVersion).toBe("1.33");
  });
  test("nodes that are there", () => {
    const node = { object: { apiVersion: "v1", kind: "Node", metadata: { name: "real" } } };
    expect(clusterOf([eks(), nodeGroup()], { objects: [node] }).nodes.map(({ name }) => name)).toEqual([
      "real",
    ]);
  });
});

test("a cluster without node groups still tells its version", () => {
  const cluster = clusterOf([eks()]);
  expect(cluster).toMatchObject({ kubernetesVersion: "1.34", nodes: [] });
  expect(cluster.readFrom).toBeUndefined();
});

test("node groups of several clusters: nothing says which one a Service runs on", () => {
  const other = nodeGroup({ clusterName: "other" }, {}, "others");
  expect(clusterOf([eks(), eks("other"), nodeGroup(), other])).toMatchObject({ nodes: [] });
  // The same cluster by its name and by what made the property.
  const main = eks("main", { name: unknownAt("name"), version: "1.35" });
  const byUrn = (name: string) =>
    nodeGroup({ clusterName: unknownAt("clusterName") }, { clusterName: [main.urn] }, name);
  expect(clusterOf([main, byUrn("x"), byUrn("y")])).toMatchObject({
    nodes: { length: 6 },
    kubernetesVersion: "1.35",
  });
});

test("node groups of a stack that is only joined with are those of the cluster too", () => {
  expect(clusterOf([], { joinWith: [eks(), ...subnets, nodeGroup()] }).nodes).toHaveLength(3);
});

test("a component whose arguments name no nodes stands on the stack's; its arguments, and what was given, count for more", () => {
  const component = (cluster?: object) =>
    resource("evenkeel:index:NlbIpService", "api", {
      selector: { app: "api" },
      ports: [{ port: 80, targetPort: 8080 }],
      ...(cluster ? { cluster } : {}),
    });
  const nodesOf = (one: PulumiResource, options: PulumiOptions = {}) =>
    readPulumi([one, eks(), nodeGroup()], options).exposures[0]?.cluster.nodes.length;
  expect(nodesOf(component())).toBe(3);
  expect(nodesOf(component({ nodes: [{ count: 5 }] }))).toBe(5);
  const four = clusterOf([nodeGroup({ scalingConfig: { desiredSize: 4, minSize: 4, maxSize: 4 } })]);
  expect(nodesOf(component({ nodes: [{ count: 5 }] }), { cluster: four })).toBe(4);
});
