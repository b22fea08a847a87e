import { HEALTH_CHECK_ARGUMENTS } from "@evenkeel/adapters";
import { aws } from "@evenkeel/core/balancers";
import type { Input } from "@pulumi/pulumi";
import { from, type Settled } from "../decision/settled";
import type { Wiring } from "../decision/wiring";
import { SUBNETS } from "./annotation-keys";
import { mapInput } from "./inputs";
import { flagsOf, type NlbSide } from "./side";

/** What AWS Load Balancer Controller is told by annotation. */
export function controllerAnnotations(side: NlbSide, wiring: Settled<Wiring>): Record<string, Input<string>> {
  const { targets, controllerOwned, scheme, tags } = side;
  const { crossZone, proxyProtocol, preserveClientAddress: preserves } = flagsOf(side);
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

/** Numbers that are written out, whoever chose them. */
const WRITTEN_OUT = ["intervalSeconds", "timeoutSeconds", "healthyThreshold", "unhealthyThreshold"] as const;

/** Written only where an argument overrides them. */
const OVERRIDES = ["protocol", "port", "path", "matcher"] as const;

/**
 * The controller takes protocol, port and path from the traffic policy, and only it can know a health-check node port that is yet to
 * be allocated; they are written only where an argument overrides them. The numbers are written out.
 */
function healthCheckAnnotations(
  { healthCheck = {} }: NlbSide,
  wiring: Settled<Wiring>,
): Readonly<Record<string, Input<string> | undefined>> {
  const keyOf = (argument: keyof typeof HEALTH_CHECK_ARGUMENTS) =>
    HEALTH_CHECK_ARGUMENTS[argument].annotations[0];
  return Object.fromEntries([
    ...OVERRIDES.map((argument) => {
      const value = healthCheck[argument];
      // The controller reads protocols in either case and writes them in this one.
      const write = (given: string | number) =>
        argument === "protocol" ? String(given).toLowerCase() : String(given);
      return [
        keyOf(argument),
        value === undefined ? undefined : mapInput<Input<string | number>, string>(value, write),
      ];
    }),
    ...WRITTEN_OUT.map((argument) => [
      keyOf(argument),
      from(wiring, ({ healthCheck: check }) => String(check[argument].value)),
    ]),
  ]);
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
