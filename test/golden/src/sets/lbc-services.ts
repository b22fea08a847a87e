import { aws } from "@evenkeel/core/balancers";
import type { LabelSelector } from "@evenkeel/core/model";
import { ourHealthCheck, recordedHealthCheck, type RecordedHealthCheck } from "../health-check";
import { recordedSet, type Answer } from "../recorded";
import { serviceOf, type ServiceObject } from "../service";

/** A case of AWS Load Balancer Controller building its model for a Service. */
interface Case {
  readonly id: string;
  readonly service: ServiceObject;
  /** Settings that are not the controller's defaults. */
  readonly controller?: ControllerSettings | null;
  readonly supported: boolean;
  /** The refusal; with one there is no model. */
  readonly error: string | null;
  readonly loadBalancer: LoadBalancer | null;
  readonly listeners: readonly { readonly port: number; readonly protocol: string }[] | null;
  readonly targetGroups: readonly TargetGroup[] | null;
  readonly targetGroupBindings: readonly { readonly nodeSelector?: LabelSelector }[] | null;
}

interface ControllerSettings {
  readonly defaultTargetType?: "instance" | "ip";
  readonly defaultLoadBalancerScheme?: "internal" | "internet-facing";
  readonly enableIPTargetType?: boolean;
  readonly enableTCPUDP?: boolean;
  readonly enableBackendSG?: boolean;
  readonly enableManageBackendSecurityGroupRules?: boolean;
  readonly featureGates?: Readonly<Record<string, boolean>>;
}

interface LoadBalancer {
  readonly scheme: string;
  readonly ipAddressType: string;
  readonly loadBalancerAttributes?: readonly { readonly key: string; readonly value: string }[];
}

interface TargetGroup {
  readonly targetType: string;
  readonly port: number;
  readonly protocol: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly healthCheck: RecordedHealthCheck;
}

/**
 * What steers traffic: whether the controller takes the Service, refuses it (a crash counts as refusing; which refusal is not
 * compared) or builds; scheme, address type and attributes of the load balancer; listeners; target groups with health checks; which
 * nodes the bindings select. Not compared: names, tags, subnets, security groups, certificates, the rest of the bindings.
 */
export const lbcServices = recordedSet<Case>({
  name: "lbc-services",
  recorded: ({ supported, error, loadBalancer, listeners, targetGroups, targetGroupBindings }) => {
    if (!supported) return { outcome: "not taken" };
    if (error !== null || !loadBalancer) return { outcome: "refused" };
    return {
      outcome: "built",
      scheme: loadBalancer.scheme,
      ipAddressType: loadBalancer.ipAddressType,
      attributes: Object.fromEntries(
        (loadBalancer.loadBalancerAttributes ?? []).map(({ key, value }) => [key, value]),
      ),
      listeners: sorted((listeners ?? []).map(({ port, protocol }) => ({ port, protocol }))),
      targetGroups: sorted(
        (targetGroups ?? []).map(({ targetType, port, protocol, attributes, healthCheck }) => ({
          targetType,
          port,
          protocol,
          attributes: { ...UNSENT, ...attributes },
          healthCheck: recordedHealthCheck(healthCheck),
        })),
      ),
      nodeSelectors: sorted((targetGroupBindings ?? []).map(({ nodeSelector }) => ({ nodeSelector }))),
    };
  },
  ours: ({ service: object, controller }) => {
    const service = serviceOf(object);
    const settings = settingsOf(controller ?? {});
    if (aws.awsClaim(service, settings).by !== "aws-load-balancer-controller")
      return { outcome: "not taken" };
    const outcome = aws.lbcBuild(service, settings);
    return "refusal" in outcome ? { outcome: "refused" } : builtAnswer(outcome.built);
  },
});

function builtAnswer({ scheme, attributes, listeners }: aws.BuiltLoadBalancer): Answer {
  const { ip_address_type: addressType, ...others } = attributes;
  return {
    outcome: "built",
    scheme: scheme.value,
    ipAddressType: addressType?.value,
    attributes: sent(others),
    listeners: sorted(
      listeners.map(({ port, protocol }) => ({ port: port.value, protocol: protocol.value })),
    ),
    targetGroups: sorted(
      listeners.map(({ targetGroup: group }) => ({
        targetType: group.targets.value,
        port: group.port.value,
        protocol: group.protocol.value,
        attributes: { ...UNSENT, ...sent(group.attributes) },
        healthCheck: ourHealthCheck(group.healthCheck),
      })),
    ),
    nodeSelectors: sorted(
      listeners.map(({ targetGroup }) => ({ nodeSelector: targetGroup.nodeSelector?.value })),
    ),
  };
}

/** What the controller sends although nobody wrote it, but for one odd spelling; AWS's own default all the same. */
const UNSENT = { "proxy_protocol_v2.enabled": "false" };

/** Only what somebody wrote is sent; the rest are AWS's own defaults. */
function sent(attributes: aws.Attributes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { value, by }]) =>
      by === "given" ? [[name, String(value)]] : [],
    ),
  );
}

function settingsOf(controller: ControllerSettings): aws.LbcSettings {
  const gate = (name: string) => controller.featureGates?.[name];
  return {
    defaultTargetType: controller.defaultTargetType,
    defaultScheme: controller.defaultLoadBalancerScheme,
    ipTargets: controller.enableIPTargetType,
    tcpUdpListeners: controller.enableTCPUDP,
    backendSecurityGroup: controller.enableBackendSG,
    manageBackendRules: controller.enableManageBackendSecurityGroupRules,
    securityGroups: gate("NLBSecurityGroup"),
    loadBalancerTypeOnly: gate("ServiceTypeLoadBalancerOnly"),
    advancedHealthCheck: gate("NLBHealthCheckAdvancedConfig"),
  };
}

/** Order of listeners and target groups means nothing. */
function sorted<T extends object>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}
