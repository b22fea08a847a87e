import { createHash } from "node:crypto";
import type { PropertyMap, PropertyValue } from "@evenkeel/offline";
import { at, fillUnknowns } from "../inputs";

const REGION = "eu-central-1";
const ACCOUNT = "123456789012";

/** What AWS answers for the outputs that only AWS can know: made up, but the same for the same resource. */
export function realise(
  type: string,
  name: string,
  preview: PropertyMap,
): { id: string; outputs: PropertyMap } {
  const digest = createHash("sha256").update(`${type} ${name}`).digest("hex");
  const service = type.split(":")[1]?.split("/")[1] ?? "resource";
  const physical = textOr(preview["name"], name);
  const id = identity(service, physical, digest);
  const values: PropertyMap = { ...computed(service, physical, digest), id };
  const outputs = fillUnknowns(preview, (path) => {
    // Headers that only Application Load Balancers rewrite.
    if (path[0]?.startsWith("routingHttp")) return path[0].endsWith("Enabled") ? false : "";
    const known = at(values, ...path) ?? values[path.at(-1) ?? ""];
    if (known !== undefined) return known;
    if (path.at(-1) === "tagsAll") return preview["tags"] ?? {};
    throw new Error(`the AWS stand-in has no value for ${type} ${path.join(".")}; add it to computed()`);
  });
  return { id, outputs: { ...outputs, id } };
}

/** The load balancing API names its objects by ARN, EC2 by a prefix and digits. */
function identity(service: string, name: string, digest: string): string {
  const prefix: Readonly<Record<string, string>> = { vpc: "vpc", subnet: "subnet", securityGroup: "sg" };
  return service in prefix ? `${prefix[service]}-${digest.slice(0, 17)}` : arn(service, name, digest);
}

function arn(service: string, name: string, digest: string): string {
  const paths: Readonly<Record<string, string>> = {
    targetGroup: `targetgroup/${name}/${digest.slice(0, 16)}`,
    loadBalancer: `loadbalancer/net/${name}/${digest.slice(0, 16)}`,
    listener: `listener/net/${name}/${digest.slice(0, 16)}`,
  };
  return `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:${paths[service] ?? `${service}/${name}`}`;
}

/** The defaults of the API where the provider leaves a choice to it (aws-sdk client-elastic-load-balancing-v2). */
function computed(service: string, name: string, digest: string): PropertyMap {
  const own = arn(service, name, digest);
  return {
    name,
    arn: own,
    arnSuffix: own.slice(own.lastIndexOf(":") + 1),
    region: REGION,
    ownerId: ACCOUNT,
    dnsName: `${name}-${digest.slice(0, 16)}.elb.${REGION}.amazonaws.com`,
    zoneId: "Z3F0SRJ5LGBH90",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    loadBalancerArns: [],
    ipAddressType: "ipv4",
    preserveClientIp: "true",
    connectionTermination: false,
    loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
    loadBalancingAlgorithmType: "",
    loadBalancingAnomalyMitigation: "",
    protocolVersion: "",
    stickiness: { enabled: false, type: "source_ip", cookieDuration: 0, cookieName: "" },
    targetHealthStates: [],
    targetFailovers: [],
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
      unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
    },
    healthCheck: {
      enabled: true,
      protocol: "TCP",
      port: "traffic-port",
      interval: 30,
      timeout: 10,
      matcher: "",
      path: "",
      healthyThreshold: 5,
      unhealthyThreshold: 2,
    },
    internal: false,
    securityGroups: [],
    subnets: [],
    subnetMappings: [],
    namePrefix: "",
    outpostId: "",
    order: 1,
    enablePrefixForIpv6SourceNat: "off",
    secondaryIpsAutoAssignedPerSubnet: 0,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
    sslPolicy: "",
    alpnPolicy: "",
    mutualAuthentication: {},
    tcpIdleTimeoutSeconds: 350,
  };
}

function textOr(value: PropertyValue | undefined, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
