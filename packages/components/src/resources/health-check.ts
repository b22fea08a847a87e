import { isUnknown, type HealthCheck, type Setting } from "@evenkeel/core/model";
import type { types } from "@pulumi/aws";
import type { Service } from "@pulumi/kubernetes/core/v1";
import { output, type Input, type Output } from "@pulumi/pulumi";
import type { Settled } from "../decision/settled";
import type { Wiring } from "../decision/wiring";
import { allocated } from "./allocated";
import { present } from "./inputs";

type TargetGroupHealthCheck = types.input.lb.TargetGroupHealthCheck;

/** The health check of a target group, in full: what is left out the provider fills in with defaults of its own. */
export function targetGroupHealthCheck(
  service: Service,
  child: string,
  wiring: Settled<Wiring>,
): Input<TargetGroupHealthCheck> {
  const written = (check: HealthCheck): TargetGroupHealthCheck =>
    present({
      enabled: true,
      protocol: known(check.protocol),
      port: portOf(check, service, child),
      path: check.path && known(check.path),
      matcher: check.matcher && known(check.matcher),
      interval: known(check.intervalSeconds),
      timeout: known(check.timeoutSeconds),
      healthyThreshold: known(check.healthyThreshold),
      unhealthyThreshold: known(check.unhealthyThreshold),
    });
  if ("now" in wiring) return written(wiring.now.healthCheck);
  // `output` unwraps the port, the one field that is an output itself.
  return wiring.later.apply(({ healthCheck }) =>
    output(written(healthCheck)),
  ) as Output<TargetGroupHealthCheck>;
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

function known<T>({ value, at }: Setting<T>): T {
  if (isUnknown(value)) throw new Error(`${at.path} is not known in a wiring`);
  return value;
}
