import { aws } from "@evenkeel/core/balancers";
import type { Setting } from "@evenkeel/core/model";
import type { Input } from "@pulumi/pulumi";
import { from, type Settled } from "../decision/settled";
import type { Wiring } from "../decision/wiring";
import { SUBNETS } from "./annotation-keys";
import { mapInput } from "./inputs";
import { preservesClientAddress, type NlbSide } from "./side";

/** What AWS Load Balancer Controller is told by annotation. */
export function controllerAnnotations(side: NlbSide, wiring: Settled<Wiring>): Record<string, Input<string>> {
  const { targets, controllerOwned, scheme, crossZone = false, proxyProtocol = false, tags } = side;
  const preserves = preservesClientAddress(side);
  const subnets = controllerOwned?.subnets;
  return prefixed({
    [aws.AWS.targetType]: targets,
    [aws.AWS.scheme]: scheme,
    // Written out even where they are AWS's defaults: the controller never takes back an attribute that is no longer written.
    [aws.AWS.attributes]: mapInput(crossZone, (on) => pairs({ [aws.CROSS_ZONE]: on })),
    [aws.AWS.targetGroupAttributes]: mapInput({ preserves, proxyProtocol }, (on) =>
      pairs({ [aws.PRESERVE_CLIENT_IP]: on.preserves, [aws.PROXY_PROTOCOL_V2]: on.proxyProtocol }),
    ),
    ...healthCheckAnnotations(side, wiring),
    [SUBNETS]: subnets && mapInput(subnets, (ids) => ids.join(",")),
    [aws.AWS.tags]: tags && mapInput(tags, pairs),
  });
}

/**
 * The controller takes protocol, port and path from the traffic policy, and only it can know a health-check node port that is yet to
 * be allocated; they are written only where an argument overrides them. The numbers are written out.
 */
function healthCheckAnnotations(
  { healthCheck = {} }: NlbSide,
  wiring: Settled<Wiring>,
): Readonly<Record<string, Input<string> | undefined>> {
  const setting = (
    of: "intervalSeconds" | "timeoutSeconds" | "healthyThreshold" | "unhealthyThreshold",
  ): Input<string> => from(wiring, ({ healthCheck: check }) => textOf(check[of]));
  const { protocol, port, path, matcher } = healthCheck;
  return {
    [aws.AWS.healthCheckProtocol]: protocol && mapInput(protocol, (name) => name.toLowerCase()),
    [aws.AWS.healthCheckPort]: port === undefined ? undefined : mapInput(port, String),
    [aws.AWS.healthCheckPath]: path,
    [aws.AWS.successCodes]: matcher,
    [aws.AWS.healthCheckInterval]: setting("intervalSeconds"),
    [aws.AWS.healthCheckTimeout]: setting("timeoutSeconds"),
    [aws.AWS.healthyThreshold]: setting("healthyThreshold"),
    [aws.AWS.unhealthyThreshold]: setting("unhealthyThreshold"),
  };
}

function textOf({ value }: Setting<number>): string {
  return String(value);
}

/** `k=v,k=v`. */
function pairs(record: Readonly<Record<string, string | boolean>>): string {
  return Object.entries(record)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

function prefixed(
  annotations: Readonly<Record<string, Input<string> | undefined>>,
): Record<string, Input<string>> {
  return Object.fromEntries(
    Object.entries(annotations).flatMap(([key, value]) =>
      value === undefined ? [] : [[aws.AWS_PREFIX + key, value]],
    ),
  );
}
