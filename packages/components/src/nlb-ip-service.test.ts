import { NlbIpService, type NlbIpServiceArgs } from "./nlb-ip-service";
import { ipArgs, workload } from "../testing/nlb-args";
import { registered, UNKNOWN } from "../testing/registered";

const LB = "service.beta.kubernetes.io/aws-load-balancer-";

async function inputsOf(kind: string, args: Partial<NlbIpServiceArgs> = {}, name = "web") {
  const resources = await registered(() => new NlbIpService("web", { ...ipArgs, ...args }));
  return resources.find((one) => one.type.endsWith(`:${kind}`) && one.name === name)?.inputs;
}

describe("NlbIpService", () => {
  it("asks for no node ports, since nobody uses them", async () => {
    expect(await inputsOf("Service")).toMatchObject({
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, externalTrafficPolicy: "Cluster" },
    });
  });

  it("registers pods, on their own port, and opens connections to see whether they are healthy", async () => {
    expect(await inputsOf("TargetGroup", {}, "web-http")).toEqual({
      targetType: "ip",
      protocol: "TCP",
      port: 8080,
      vpcId: "vpc-1",
      preserveClientIp: "false",
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
    expect(await inputsOf("TargetGroupBinding", {}, "web-http")).toMatchObject({
      spec: { serviceRef: { name: "web-a1b2c3", port: 80 }, targetGroupARN: UNKNOWN, targetType: "ip" },
    });
  });

  it("a named port is each pod's own; AWS Load Balancer Controller writes 1 for it, and so does this", async () => {
    const ports = [{ name: "http", port: 80, targetPortName: "web" }];
    expect(await inputsOf("Service", { ports })).toMatchObject({ spec: { ports: [{ targetPort: "web" }] } });
    expect(await inputsOf("TargetGroup", { ports }, "web-http")).toMatchObject({ port: 1 });
    const pulumiOwned = { ...ipArgs.pulumiOwned!, securityGroups: ["sg-1"] };
    expect(await inputsOf("TargetGroupBinding", { ports, pulumiOwned }, "web-http")).toMatchObject({
      spec: { networking: { ingress: [{ ports: [{ protocol: "TCP", port: "web" }] }] } },
    });
  });

  it("the pod's port is the Service's where nobody says otherwise", async () => {
    expect(await inputsOf("TargetGroup", { ports: [{ name: "http", port: 80 }] }, "web-http")).toMatchObject({
      port: 80,
    });
  });

  it("what of the health check is free may be set, and the timeout follows a shorter interval", async () => {
    const healthCheck = {
      protocol: "HTTP",
      path: "/ready",
      intervalSeconds: 5,
      unhealthyThreshold: 2,
    } as const;
    expect(await inputsOf("TargetGroup", { healthCheck }, "web-https")).toMatchObject({
      healthCheck: {
        protocol: "HTTP",
        path: "/ready",
        matcher: "200-399",
        port: "traffic-port",
        interval: 5,
        timeout: 5,
        unhealthyThreshold: 2,
      },
    });
  });

  it("the controller is told of IP targets by annotation", async () => {
    const args = { pulumiOwned: undefined, controllerOwned: {}, preserveClientAddress: true };
    expect(await inputsOf("Service", args)).toMatchObject({
      metadata: {
        annotations: {
          [`${LB}nlb-target-type`]: "ip",
          [`${LB}target-group-attributes`]: "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
        },
      },
    });
  });

  it("steers clients inside the cluster", async () => {
    const args = { internalTrafficPolicy: "Local", trafficDistribution: "PreferClose" } as const;
    expect(await inputsOf("Service", args)).toMatchObject({ spec: args });
  });

  it("refuses to lose a client address that is required, with what would keep it", async () => {
    const args: NlbIpServiceArgs = { ...ipArgs, requirements: { clientAddress: "required" } };
    await expect(registered(() => new NlbIpService("web", args))).rejects.toThrow(
      /client-address-arrives NlbIpService web proxyProtocol: .*\nfix: Set preserveClientAddress: true\./,
    );
    expect(
      await registered(() => new NlbIpService("web", { ...args, preserveClientAddress: true })),
    ).toBeDefined();
  });

  it("is quiet about what is in order", async () => {
    const warnings: string[] = [];
    await registered(() => new NlbIpService("web", ipArgs), { onWarning: (text) => warnings.push(text) });
    await registered(() => new NlbIpService("web", { ...ipArgs, workload }), {
      onWarning: (text) => warnings.push(text),
    });
    expect(warnings).toEqual([]);
  });
});
