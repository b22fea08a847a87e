import { Deployment } from "@pulumi/kubernetes/apps/v1";
import * as pulumi from "@pulumi/pulumi";
import { NlbInstanceService, type NlbInstanceServiceArgs } from "./nlb-instance-service";
import { cluster, instanceArgs, ports, workload } from "../testing/nlb-args";
import { registered, undefinedPlaces, UNKNOWN, type Registered } from "../testing/registered";

const LB = "service.beta.kubernetes.io/aws-load-balancer-";
const COMPONENT = "NlbInstanceService::web";

const create = (args: Partial<NlbInstanceServiceArgs> = {}) =>
  registered(() => new NlbInstanceService("web", { ...instanceArgs, ...args }));

function names(resources: readonly Registered[]): readonly string[] {
  return resources.map(({ type, name, parent }) => `${parent} > ${type.split(":")[2]}::${name}`).sort();
}

/** What of the inputs of this and that kind the tests look into; a wrong guess fails their comparison. */
interface Inputs {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly healthCheck: unknown;
}

function inputs(resources: readonly Registered[], kind: string, name = "web"): Inputs {
  const found = resources.find((one) => one.type.endsWith(`:${kind}`) && one.name === name);
  if (!found) throw new Error(`no ${kind} ${name} among ${names(resources).join(", ")}`);
  return found.inputs as unknown as Inputs;
}

describe("NlbInstanceService", () => {
  describe("with a load balancer of the program's own", () => {
    it("makes a Service, a load balancer, and for each port a target group, a listener and a binding", async () => {
      expect(names(await create())).toEqual(
        [
          " > NlbInstanceService::web",
          `${COMPONENT} > Service::web`,
          `${COMPONENT} > LoadBalancer::web`,
          ...["http", "https"].flatMap((port) => [
            `${COMPONENT} > Listener::web-${port}`,
            `${COMPONENT} > TargetGroup::web-${port}`,
            `${COMPONENT} > TargetGroupBinding::web-${port}`,
          ]),
        ].sort(),
      );
    });

    it("whose Service is of type LoadBalancer, with a class that nobody claims, and is not waited for", async () => {
      const { metadata, spec } = inputs(await create(), "Service");
      expect(metadata.annotations).toEqual({ "pulumi.com/skipAwait": "true" });
      expect(spec).toEqual({
        type: "LoadBalancer",
        loadBalancerClass: "evenkeel.io/unmanaged",
        allocateLoadBalancerNodePorts: true,
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Cluster",
        sessionAffinity: "None",
        selector: { app: "web" },
        ports: ports.map((port) => ({ ...port, protocol: "TCP" })),
      });
    });

    it("says everything of the target group that a default could get wrong", async () => {
      expect(inputs(await create({ trafficPolicy: "Cluster" }), "TargetGroup", "web-http")).toEqual({
        targetType: "instance",
        protocol: "TCP",
        port: UNKNOWN,
        vpcId: "vpc-1",
        preserveClientIp: "true",
        proxyProtocolV2: false,
        healthCheck: {
          enabled: true,
          protocol: "TCP",
          port: "traffic-port",
          interval: 10,
          timeout: 10,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
      });
    });

    it("has the controller let through what the load balancer lets through, to the ports that are used", async () => {
      const pulumiOwned = {
        ...instanceArgs.pulumiOwned!,
        securityGroups: ["sg-1"],
        targetGroupBinding: { allowFrom: ["10.0.0.0/8"] },
      };
      const args: NlbInstanceServiceArgs = { ...instanceArgs, pulumiOwned, trafficPolicy: "Local" };
      const resources = await registered(() => new NlbInstanceService("web", args), {
        clusterReachable: true,
      });
      expect(inputs(resources, "TargetGroupBinding", "web-https").spec).toEqual({
        serviceRef: { name: "web-a1b2c3", port: 443 },
        targetGroupARN: UNKNOWN,
        targetType: "instance",
        networking: {
          ingress: [
            {
              from: [{ securityGroup: { groupID: "sg-1" } }, { ipBlock: { cidr: "10.0.0.0/8" } }],
              ports: [
                { protocol: "TCP", port: 31_002 },
                { protocol: "TCP", port: 32_001 },
              ],
            },
          ],
        },
      });
    });

    it("attaches Auto Scaling groups instead of a binding", async () => {
      const pulumiOwned = { ...instanceArgs.pulumiOwned!, autoScalingGroups: ["blue", "green"] };
      const resources = await create({ pulumiOwned });
      expect(names(resources).filter((name) => /Binding|Attachment/.test(name))).toEqual(
        ["http-0", "http-1", "https-0", "https-1"].map((name) => `${COMPONENT} > Attachment::web-${name}`),
      );
      expect(inputs(resources, "Attachment", "web-https-1")).toEqual({
        autoscalingGroupName: "green",
        lbTargetGroupArn: UNKNOWN,
      });
    });
  });

  describe("with a load balancer of AWS Load Balancer Controller", () => {
    const controllerOwned = { subnets: ["subnet-a", "subnet-b"] };
    const owned = { pulumiOwned: undefined, controllerOwned };

    it("makes only the Service, of the controller's class, annotated", async () => {
      const resources = await create({
        ...owned,
        trafficPolicy: "Local",
        tags: { team: "shop" },
        crossZone: true,
      });
      expect(names(resources)).toEqual([" > NlbInstanceService::web", `${COMPONENT} > Service::web`]);
      const { metadata, spec } = inputs(resources, "Service");
      expect(spec.loadBalancerClass).toBe("service.k8s.aws/nlb");
      expect(metadata.annotations).toEqual({
        [`${LB}nlb-target-type`]: "instance",
        [`${LB}scheme`]: "internal",
        [`${LB}attributes`]: "load_balancing.cross_zone.enabled=true",
        [`${LB}target-group-attributes`]: "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
        [`${LB}healthcheck-interval`]: "10",
        [`${LB}healthcheck-timeout`]: "6",
        [`${LB}healthcheck-healthy-threshold`]: "2",
        [`${LB}healthcheck-unhealthy-threshold`]: "2",
        [`${LB}subnets`]: "subnet-a,subnet-b",
        [`${LB}additional-resource-tags`]: "team=shop",
      });
    });

    it("leaves protocol, port and path to the controller unless an argument overrides them", async () => {
      const healthCheck = { protocol: "HTTP", port: 10256, path: "/healthz" } as const;
      const { annotations } = inputs(
        await create({ ...owned, trafficPolicy: "Cluster", healthCheck }),
        "Service",
      ).metadata;
      expect(annotations).toMatchObject({
        [`${LB}healthcheck-protocol`]: "http",
        [`${LB}healthcheck-port`]: "10256",
        [`${LB}healthcheck-path`]: "/healthz",
      });
    });

    it("gives the name that the controller publishes", async () => {
      let hostname: pulumi.Output<string> | undefined;
      await registered(
        () => (hostname = new NlbInstanceService("web", { ...instanceArgs, ...owned }).hostname),
        { preview: false },
      );
      expect(await new Promise((done) => hostname?.apply(done))).toBe("made-by-the-controller.elb");
    });
  });

  describe("chooses under Auto", () => {
    const policy = async (args: Partial<NlbInstanceServiceArgs>) => {
      const { externalTrafficPolicy, trafficDistribution } = inputs(await create(args), "Service").spec;
      return [externalTrafficPolicy, trafficDistribution].filter(Boolean).join(" + ");
    };
    const single = { workload: { ...workload, replicas: 1 } };

    it.each<[string, Partial<NlbInstanceServiceArgs>, string]>([
      ["evenly spread pods keep the client's address", {}, "Local"],
      ["one pod would be one serving node", single, "Cluster"],
      [
        "an older cluster has no PreferSameNode",
        { ...single, cluster: { ...cluster, kubernetesVersion: "1.33" } },
        "Cluster",
      ],
      [
        "one node is enough, if somebody says so",
        { ...single, requirements: { minNodesServing: 1 } },
        "Local",
      ],
      [
        "the address does not matter, so the hop does, and what falls back",
        { requirements: { clientAddress: "ignored" } },
        "Cluster + PreferSameNode",
      ],
      [
        "Local with PROXY protocol would drop everything",
        { proxyProtocol: true },
        "Cluster + PreferSameNode",
      ],
      [
        "a distribution that was given is kept",
        { trafficDistribution: "PreferClose", ...single },
        "Cluster + PreferClose",
      ],
    ])("%s", async (_, args, wanted) => {
      expect(await policy(args)).toBe(wanted);
    });
  });

  describe("while the number of pods is not known", () => {
    const later = {
      workload: { ...workload, replicas: pulumi.output<number>(pulumi.unknown as unknown as number) },
    };

    it("Auto decides nothing at preview, and the ports still come from the Service", async () => {
      const resources = await create(later);
      expect(inputs(resources, "Service").spec).toMatchObject({
        externalTrafficPolicy: UNKNOWN,
        type: "LoadBalancer",
      });
      expect(inputs(resources, "TargetGroup", "web-http")).toMatchObject({
        port: UNKNOWN,
        healthCheck: { enabled: true, protocol: UNKNOWN, port: UNKNOWN },
      });
      const group = resources.find(({ name, type }) => name === "web-http" && type.endsWith(":TargetGroup"));
      expect(group?.propertyDependencies).toMatchObject({ port: ["Service::web"] });
      expect(undefinedPlaces(resources)).toEqual([]);
    });

    it("a policy that is given needs no workload", async () => {
      const resources = await create({ ...later, trafficPolicy: "Cluster" });
      expect(inputs(resources, "Service").spec.externalTrafficPolicy).toBe("Cluster");
      expect(inputs(resources, "TargetGroup", "web-http").healthCheck).toMatchObject({
        protocol: "TCP",
        port: "traffic-port",
      });
    });

    it.each([6, 1])("the update makes what a plain number makes: %d", async (count) => {
      const made = (replicas: pulumi.Input<number>) =>
        registered(
          () => new NlbInstanceService("web", { ...instanceArgs, workload: { ...workload, replicas } }),
          { preview: false },
        );
      const withoutEdges = (all: readonly Registered[]) =>
        all
          .map(({ propertyDependencies: _, ...one }) => one)
          .sort((a, b) => `${a.type}${a.name}`.localeCompare(`${b.type}${b.name}`));
      expect(withoutEdges(await made(pulumi.output(count)))).toEqual(withoutEdges(await made(count)));
    });
  });

  it("takes a Deployment instead of a record, and selects its pods", async () => {
    const resources = await registered(() => {
      const { replicas, labels, spec } = workload;
      const deployment = new Deployment("web", {
        spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
      });
      return new NlbInstanceService("web", { ...instanceArgs, workload: undefined, deployment });
    });
    expect(inputs(resources, "Service").spec).toMatchObject({
      externalTrafficPolicy: "Local",
      selector: { app: "web" },
    });
    expect(inputs(resources, "TargetGroup", "web-http").healthCheck).toMatchObject({
      protocol: "HTTP",
      path: "/healthz",
      port: UNKNOWN,
    });
  });

  describe("pinned ports", () => {
    const service = async (args: Partial<NlbInstanceServiceArgs>) => {
      const found = (await create(args)).find(({ type }) => type.endsWith(":Service"));
      if (!found) throw new Error("no Service");
      return found;
    };

    it("another class replaces the Service", async () => {
      expect(await service({})).toMatchObject({
        replaceOnChanges: ["spec.loadBalancerClass"],
        deleteBeforeReplace: false,
      });
    });

    it("a pinned health-check node port cannot change, and its successor waits for it", async () => {
      expect(await service({ trafficPolicy: "Local", healthCheckNodePort: 30_003 })).toMatchObject({
        inputs: { spec: { healthCheckNodePort: 30_003 } },
        replaceOnChanges: ["spec.loadBalancerClass", "spec.healthCheckNodePort"],
        deleteBeforeReplace: true,
      });
    });

    it("is left out where Auto chooses Cluster, which has no such port", async () => {
      const args = { workload: { ...workload, replicas: 1 }, healthCheckNodePort: 30_003 };
      const { inputs: made, replaceOnChanges } = await service(args);
      expect(made["spec"]).not.toHaveProperty("healthCheckNodePort");
      expect(replaceOnChanges).toEqual(["spec.loadBalancerClass"]);
    });
  });
});
