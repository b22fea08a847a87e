import { isUnknown, type HealthCheck, type Knowable } from "@evenkeel/core/model";

/** A value in a message; an unknown one by its path. */
export function show(value: Knowable<string | number | boolean | undefined>): string {
  if (value === undefined) return "not set";
  return isUnknown(value) ? `<${value.path}, not known yet>` : String(value);
}

/** `HTTP /healthz on 31223`, `TCP on traffic-port`. */
export function showHealthCheck({
  protocol,
  port,
  path,
}: Pick<HealthCheck, "protocol" | "port" | "path">): string {
  const where = path && protocol.value !== "TCP" ? ` ${show(path.value)}` : "";
  return `${show(protocol.value)}${where} on ${show(port.value)}`;
}

/** Appends the quantity with its noun: `1 node`, `3 nodes`; `plural` where an s alone does not make it. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}
