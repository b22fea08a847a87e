import { decidedComponent, fromWire, readPulumi, type PulumiResource } from "@evenkeel/adapters";
import { isUnknown, type Exposure, type Front, type Setting } from "@evenkeel/core/model";
import { CATALOGUE, check } from "@evenkeel/rules";
import { knownNow } from "./arguments/now";
import { InternalService, type InternalServiceArgs } from "./internal-service";
import { NlbInstanceService, type NlbInstanceServiceArgs } from "./nlb-instance-service";
import { NlbIpService, type NlbIpServiceArgs } from "./nlb-ip-service";
import { instanceArgs, internalArgs, ipArgs } from "../testing/nlb-args";
import { registered, UNKNOWN, type Registered } from "../testing/registered";

// What a component says it makes, by its arguments, and what its resources come to when they are read like anybody's.

const controllerOwned = { pulumiOwned: undefined, controllerOwned: {} };
const pinned = {
  ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30_001 }],
  healthCheckNodePort: 30_003,
};

const INSTANCE: readonly [string, Partial<NlbInstanceServiceArgs>][] = [
  ["Local", { trafficPolicy: "Local" }],
  ["Local, pinned", { trafficPolicy: "Local", ...pinned }],
  ["Cluster", { trafficPolicy: "Cluster", crossZone: true }],
  [
    "Cluster, PROXY protocol",
    { trafficPolicy: "Cluster", proxyProtocol: true, preserveClientAddress: false },
  ],
  [
    "Cluster, kube-proxy's health",
    { trafficPolicy: "Cluster", healthCheck: { protocol: "HTTP", port: 10_256, path: "/healthz" } },
  ],
  ["Auto", { scheme: "internet-facing", trafficDistribution: "PreferClose", sessionAffinity: "ClientIP" }],
  ["controller, Local", { trafficPolicy: "Local", ...controllerOwned }],
  ["controller, Local, pinned", { trafficPolicy: "Local", ...pinned, ...controllerOwned }],
  [
    "controller, Cluster",
    { trafficPolicy: "Cluster", healthCheck: { intervalSeconds: 5 }, ...controllerOwned },
  ],
];

const IP: readonly [string, Partial<NlbIpServiceArgs>][] = [
  ["pods", {}],
  [
    "pods, checked over HTTP",
    { healthCheck: { protocol: "HTTP", path: "/ready", matcher: "200" }, preserveClientAddress: true },
  ],
  ["controller, pods", { ...controllerOwned, proxyProtocol: true, internalTrafficPolicy: "Local" }],
];

const INTERNAL: readonly [string, Partial<InternalServiceArgs>][] = [
  ["Auto", {}],
  ["Auto before a DaemonSet", { workload: { kind: "DaemonSet", labels: { app: "web" } } }],
  ["Auto, a distribution given", { trafficDistribution: "PreferSameZone", sessionAffinity: "ClientIP" }],
  ["Cluster", { internalTrafficPolicy: "Cluster", trafficDistribution: "PreferClose" }],
  [
    "a target port by name",
    { internalTrafficPolicy: "Cluster", ports: [{ name: "http", port: 80, targetPortName: "web" }] },
  ],
];

describe("the component and its resources agree", () => {
  it.each(INSTANCE)("NlbInstanceService: %s", async (_, more) => {
    const args = { ...instanceArgs, serviceName: "web", ...more };
    await expectAgreement(
      "evenkeel:index:NlbInstanceService",
      args,
      () => new NlbInstanceService("web", args),
    );
  });

  it.each(INTERNAL)("InternalService: %s", async (_, more) => {
    const args = { ...internalArgs, serviceName: "web", ...more };
    await expectAgreement("evenkeel:index:InternalService", args, () => new InternalService("web", args));
  });

  it.each(IP)("NlbIpService: %s", async (_, more) => {
    const args = { ...ipArgs, serviceName: "web", ...more };
    await expectAgreement("evenkeel:index:NlbIpService", args, () => new NlbIpService("web", args));
  });
});

async function expectAgreement(type: string, args: object, create: () => unknown): Promise<void> {
  const said = decidedComponent(type, knownNow(args), { name: "web" })?.exposure;
  const { exposures } = readPulumi((await registered(create)).map(asRead), { cluster: said?.cluster });
  expect(exposures).toHaveLength(1);
  const [made] = exposures;
  if (!said || !made) throw new Error("nothing to compare");
  expect(trafficOf(made)).toEqual(trafficOf(said));
  // The rules find the resources in order, as the constructor found the arguments.
  const { findings } = check(
    CATALOGUE,
    { exposures: [made] },
    { levels: {}, onUnknown: { all: "ignore" }, exemptions: [], today: "2026-01-01" },
  );
  expect(findings.filter(({ level }) => level === "mandatory")).toEqual([]);
}

/** Everything that decides where traffic goes; not where it is written. */
function trafficOf({ service, fronts }: Exposure): object {
  const {
    type,
    externalTrafficPolicy,
    internalTrafficPolicy,
    trafficDistribution,
    sessionAffinity,
    loadBalancerClass,
    selector,
  } = service;
  return {
    service: {
      type,
      externalTrafficPolicy,
      internalTrafficPolicy,
      trafficDistribution,
      sessionAffinity,
      loadBalancerClass,
      selector,
    },
    ports: service.ports.map(({ name, port, targetPort, nodePort }) => ({
      name,
      port,
      targetPort,
      nodePort: shown(nodePort),
    })),
    healthCheckNodePort: shown(service.healthCheckNodePort),
    fronts: fronts.map(frontOf),
  };
}

function frontOf({
  servicePort,
  targets,
  targetPort,
  scheme,
  healthCheck,
  proxyProtocol,
  preservesClientAddress,
  attributes,
}: Front): object {
  return {
    servicePort,
    targets: value(targets),
    targetPort: value(targetPort),
    scheme: value(scheme),
    healthCheck: Object.fromEntries(
      Object.entries(healthCheck ?? {}).map(([key, setting]) => [key, value(setting)]),
    ),
    proxyProtocol: value(proxyProtocol),
    preservesClientAddress: value(preservesClientAddress),
    crossZone: value(attributes["load_balancing.cross_zone.enabled"]),
  };
}

function value(setting: Setting<unknown> | undefined): unknown {
  return shown(setting?.value);
}

function shown(one: unknown): unknown {
  return isUnknown(one) ? "not known yet" : one;
}

/** A resource as a policy pack sees it, with what AWS computes. The component itself has nothing to say here. */
function asRead({ type, name, parent, inputs, propertyDependencies }: Registered): PulumiResource {
  const urn = `${type}::${name}`;
  const short = (kind: string) => kind.slice(kind.lastIndexOf(":") + 1);
  const feeders = Object.entries(propertyDependencies).map(([key, urns]) => [key, urns.map(long)]);
  return {
    type,
    name,
    urn,
    ...(parent === "" ? {} : { parent: long(parent) }),
    properties: type.startsWith("evenkeel:")
      ? {}
      : (fromWire(withArn(type, short(type), inputs)) as PulumiResource["properties"]),
    propertyDependencies: Object.fromEntries(feeders),
  };
}

const LONG: Readonly<Record<string, string>> = {
  Service: "kubernetes:core/v1:Service",
  LoadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  TargetGroup: "aws:lb/targetGroup:TargetGroup",
};

function long(shortUrn: string): string {
  const [kind = "", name = ""] = shortUrn.split("::");
  return `${LONG[kind] ?? `evenkeel:index:${kind}`}::${name}`;
}

function withArn(type: string, kind: string, inputs: Registered["inputs"]): object {
  return type.startsWith("aws:") && kind !== "Listener" ? { ...inputs, arn: UNKNOWN } : inputs;
}
