import type { HealthCheck } from "@evenkeel/core/model";

/** A health check as AWS takes it. */
export interface RecordedHealthCheck {
  readonly protocol: string;
  readonly port: string | number;
  /** Absent or empty where the protocol has none. */
  readonly path?: string;
  readonly matcher?: { readonly httpCode?: string };
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/** Every field of a health check, in one form for both sides: the port as text, nothing for what is absent or empty. */
export function recordedHealthCheck(check: RecordedHealthCheck): object {
  const { port, path, matcher, ...numbers } = check;
  return {
    ...numbers,
    port: String(port),
    path: path || undefined,
    matcher: matcher?.httpCode || undefined,
  };
}

export function ourHealthCheck(check: HealthCheck): object {
  return {
    protocol: check.protocol.value,
    port: String(check.port.value),
    path: check.path?.value || undefined,
    matcher: check.matcher?.value || undefined,
    intervalSeconds: check.intervalSeconds.value,
    timeoutSeconds: check.timeoutSeconds.value,
    healthyThresholdCount: check.healthyThreshold.value,
    unhealthyThresholdCount: check.unhealthyThreshold.value,
  };
}
