import { aws, CROSS_ZONE_ATTRIBUTE, nlbInstance, nlbIp } from "@evenkeel/core/balancers";
import {
  byDefault,
  given,
  isUnknown,
  mapKnown,
  unknownAt,
  type Front,
  type HealthCheck,
  type Knowable,
  type ObjectRef,
  type Service,
  type Setting,
} from "@evenkeel/core/model";
import { knowable, member, rootField, type Field } from "../reading/field";
import { present } from "../reading/present";
import type { Argument } from "../pulumi/argument";
import {
  componentRef,
  isControllerOwned,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "../pulumi/component-inputs";
import { HEALTH_CHECK_ARGUMENTS, NLB_ARGUMENTS, NLB_FLAGS } from "./nlb-arguments";

/** Class of the Service of a component whose load balancer a controller owns. */
export const CONTROLLER_CLASS = aws.LBC_CLASS;

/** What stands in front: one front a port, all alike, since every setting of a component is for the whole load balancer, if any. */
export function frontsOf(
  kind: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  service: Service,
): readonly Front[] {
  const { targets } = kind;
  if (targets === "none") return [];
  const resource = componentRef(kind, inputs, identity);
  const root = rootField(inputs);
  const setting = settingsOf(resource);
  const flagged = (key: keyof typeof NLB_FLAGS) =>
    setting(member(root, key), NLB_FLAGS[key], NLB_FLAGS[key].fallback(targets));
  const proxy = flagged("proxyProtocol");
  const shared = {
    balancer: "nlb",
    controller: { name: isControllerOwned(inputs) ? "aws-load-balancer-controller" : "pulumi" },
    resource,
    related: [],
    targets: given(targets, { resource, path: "" }),
    // The constructor demands it; for inputs of another origin the missing scheme is a default that nobody wrote.
    scheme: setting(member(root, "scheme"), NLB_ARGUMENTS.scheme, "internet-facing"),
    healthCheck: healthCheckOf(kind, root, service, setting),
    proxyProtocol: { ...proxy, value: mapKnown(proxy.value, (on): "off" | "v2" => (on ? "v2" : "off")) },
    preservesClientAddress: flagged("preserveClientAddress"),
    attributes: { [CROSS_ZONE_ATTRIBUTE]: flagged("crossZone") },
  };
  return service.ports.map((port, index) => ({
    ...shared,
    servicePort: port.port,
    listener: {
      protocol: byDefault(port.protocol, { resource, path: `ports[${index}]` }),
      port: given(port.port, { resource, path: `ports[${index}].port` }),
    },
    targetPort: targetPortOf(kind, port, { resource, path: `ports[${index}]` }),
  }));
}

function targetPortOf(
  kind: ComponentKind,
  { nodePort, targetPort }: Service["ports"][number],
  at: Setting<number>["at"],
): Setting<number> {
  if (kind.targets === "instance")
    return byDefault(nodePort ?? unknownAt(at.path), { ...at, path: `${at.path}.nodePort` });
  // The number behind a name is the pod's own affair; nobody routes by it.
  const number: Knowable<number> = mapKnown(targetPort, (port): Knowable<number> =>
    typeof port === "number" ? port : unknownAt(at.path),
  );
  return given(number, { ...at, path: `${at.path}.targetPort` });
}

type ReadSetting = <T>(field: Field, argument: Argument<T>, fallback: Knowable<T>) => Setting<T>;

function settingsOf(resource: ObjectRef): ReadSetting {
  return (field, { value: { read } }, fallback) => {
    const at = { resource, path: field.path };
    const value = knowable(field, read);
    return value === undefined ? byDefault(fallback, at) : given(value, at);
  };
}

/** The recommended check, with what the arguments say over it. While the policy is not known, so is what follows from it. */
function healthCheckOf(
  kind: ComponentKind,
  root: Field,
  service: Service,
  setting: ReadSetting,
): HealthCheck {
  const balancer = kind.targets === "instance" ? nlbInstance : nlbIp;
  const wish = balancer.healthCheckFor(service).recommended;
  const policy = kind.targets === "instance" ? service.externalTrafficPolicy : "Cluster";
  const follows = <T>(value: Knowable<T>, field: Field): Knowable<T> =>
    isUnknown(policy) ? unknownAt(field.path, policy.origin) : value;
  const written = member(root, "healthCheck");
  const of = <T>(key: keyof typeof HEALTH_CHECK_ARGUMENTS, argument: Argument<T>, fallback: Knowable<T>) => {
    const field = member(written, key);
    return setting(field, argument, follows(fallback, field));
  };
  const { protocol, port, path, matcher, ...numbers } = HEALTH_CHECK_ARGUMENTS;
  const whole = (key: keyof typeof numbers, fallback: Knowable<number>) => of(key, numbers[key], fallback);
  const asks = of("protocol", protocol, wish.protocol);
  const interval = whole("intervalSeconds", wish.intervalSeconds);
  // AWS refuses a timeout longer than the interval, so a shorter interval brings the default timeout down with it.
  const timeout = mapKnown(interval.value, (seconds) => Math.min(seconds, wish.timeoutSeconds));
  const overHttp = asks.value !== "TCP";
  return present({
    protocol: asks,
    port: of<number | "traffic-port">("port", port, wish.port),
    path: overHttp ? of("path", path, wish.path ?? "/") : undefined,
    matcher: overHttp ? of("matcher", matcher, wish.matcher ?? "200-399") : undefined,
    intervalSeconds: interval,
    timeoutSeconds: whole("timeoutSeconds", timeout),
    healthyThreshold: whole("healthyThreshold", wish.healthyThreshold),
    unhealthyThreshold: whole("unhealthyThreshold", wish.unhealthyThreshold),
  });
}
