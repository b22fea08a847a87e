import {
  CROSS_ZONE_ATTRIBUTE,
  nlbInstance,
  nlbIp,
  type RecommendedHealthCheck,
} from "@evenkeel/core/balancers";
import {
  byDefault,
  given,
  HEALTH_CHECK_PROTOCOLS,
  isUnknown,
  mapKnown,
  unknownAt,
  type Front,
  type HealthCheck,
  type Knowable,
  type ObjectRef,
  type Scheme,
  type Service,
  type Setting,
} from "@evenkeel/core/model";
import { flag, integer, knowable, member, oneOf, rootField, text, type Field } from "../reading/field";
import { present } from "../reading/present";
import {
  componentRef,
  isControllerOwned,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "./component-inputs";

const SCHEMES: readonly Scheme[] = ["internal", "internet-facing"];

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
  const flagged = (key: string, fallback: boolean) => setting(member(root, key), flag, fallback);
  const proxy = flagged("proxyProtocol", false);
  const shared = {
    balancer: "nlb",
    controller: { name: isControllerOwned(inputs) ? "aws-load-balancer-controller" : "pulumi" },
    resource,
    related: [],
    targets: given(targets, { resource, path: "" }),
    scheme: schemeOf(root, setting),
    healthCheck: healthCheckOf(kind, root, service, setting),
    proxyProtocol: { ...proxy, value: mapKnown(proxy.value, (on): "off" | "v2" => (on ? "v2" : "off")) },
    preservesClientAddress: flagged("preserveClientAddress", targets === "instance"),
    attributes: { [CROSS_ZONE_ATTRIBUTE]: flagged("crossZone", false) },
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

type ReadSetting = <T>(
  field: Field,
  read: (field: Field) => T | undefined,
  fallback: Knowable<T>,
) => Setting<T>;

function settingsOf(resource: ObjectRef): ReadSetting {
  return (field, read, fallback) => {
    const at = { resource, path: field.path };
    const value = knowable(field, read);
    return value === undefined ? byDefault(fallback, at) : given(value, at);
  };
}

/** The constructor demands it; for inputs of another origin the missing scheme is a default that nobody wrote. */
function schemeOf(root: Field, setting: ReadSetting): Setting<Scheme> {
  return setting<Scheme>(member(root, "scheme"), (field) => oneOf(field, SCHEMES), "internet-facing");
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
  const of = (key: string) => member(written, key);
  const whole = (key: keyof RecommendedHealthCheck & string, value: Knowable<number>) =>
    setting(of(key), integer, follows(value, of(key)));
  const protocol = setting(
    of("protocol"),
    (field) => oneOf(field, HEALTH_CHECK_PROTOCOLS),
    follows(wish.protocol, of("protocol")),
  );
  const interval = whole("intervalSeconds", wish.intervalSeconds);
  // AWS refuses a timeout longer than the interval, so a shorter interval brings the default timeout down with it.
  const timeout = mapKnown(interval.value, (seconds) => Math.min(seconds, wish.timeoutSeconds));
  const overHttp = protocol.value !== "TCP";
  return present({
    protocol,
    port: setting<number | "traffic-port">(of("port"), integer, follows(wish.port, of("port"))),
    path: overHttp ? setting(of("path"), text, follows(wish.path ?? "/", of("path"))) : undefined,
    matcher: overHttp
      ? setting(of("matcher"), text, follows(wish.matcher ?? "200-399", of("matcher")))
      : undefined,
    intervalSeconds: interval,
    timeoutSeconds: whole("timeoutSeconds", timeout),
    healthyThreshold: whole("healthyThreshold", wish.healthyThreshold),
    unhealthyThreshold: whole("unhealthyThreshold", wish.unhealthyThreshold),
  });
}
