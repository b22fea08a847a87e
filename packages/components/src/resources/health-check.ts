import { isUnknown, type HealthCheck, type Setting } from "@evenkeel/core/model";
import type * as types from "@pulumi/aws/types";
import type { Service } from "@pulumi/kubernetes/core/v1";
import { output, type Input } from "@pulumi/pulumi";
import { from, type Settled } from "../decision/settled";
import type { Wiring } from "../decision/wiring";
import { allocated } from "./allocated";
import { present } from "./inputs";

type TargetGroupHealthCheck = types.input.lb.TargetGroupHealthCheck;

/**
 * The health check of a target group, in full: what is left out the provider fills in with defaults of its own. Field by field, so
 * that one that is not known does not hide the others.
 */
export function targetGroupHealthCheck(
  service: Service,
  child: string,
  wiring: Settled<Wiring>,
): TargetGroupHealthCheck {
  const field = <T>(pick: (check: HealthCheck) => Setting<T> | undefined): Input<T> | undefined =>
    // An output that turns out absent is left out of what is registered, as an absent key is.
    from(wiring, ({ healthCheck }) => known(pick(healthCheck))) as Input<T> | undefined;
  return present({
    enabled: true,
    protocol: field(({ protocol }) => protocol),
    port: healthCheckPort(service, child, wiring),
    path: field(({ path }) => path),
    matcher: field(({ matcher }) => matcher),
    interval: field(({ intervalSeconds }) => intervalSeconds),
    timeout: field(({ timeoutSeconds }) => timeoutSeconds),
    healthyThreshold: field(({ healthyThreshold }) => healthyThreshold),
    unhealthyThreshold: field(({ unhealthyThreshold }) => unhealthyThreshold),
  });
}

/** The port that the health check asks, `traffic-port` for the one that carries the traffic. */
export function healthCheckPort(service: Service, child: string, wiring: Settled<Wiring>): Input<string> {
  if ("now" in wiring) return portOf(wiring.now.healthCheck, service, child);
  return wiring.later.apply(({ healthCheck }) => output(portOf(healthCheck, service, child)));
}

/**
 * Where the check asks the Service's own health-check node port, the number is taken from the Service as it was created, be it
 * pinned or not.
 */
function portOf({ port: { value, by } }: HealthCheck, service: Service, child: string): Input<string> {
  if (value === "traffic-port" || (by === "given" && !isUnknown(value))) return String(value);
  return allocated(
    service,
    `${child}: spec.healthCheckNodePort`,
    ({ healthCheckNodePort }) => healthCheckNodePort,
  ).apply(String);
}

function known<T>(setting: Setting<T> | undefined): T | undefined {
  if (!setting) return undefined;
  const { value, at } = setting;
  if (isUnknown(value)) throw new Error(`${at.path} is not known in a wiring`);
  return value;
}
