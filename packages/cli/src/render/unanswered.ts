import { findingName, type Unanswered } from "@evenkeel/core/model";
import { portsOf } from "./estimate";
import type { Paint } from "./paint";

/** A question without an answer, for people: about what, and what is not known. */
export function renderUnanswered({ service, side, ports, unknown }: Unanswered, paint: Paint): string {
  const about = [side, portsOf(ports)].filter(Boolean).join(" · ");
  return [
    `${paint.bold(findingName(service))}  ${about}`,
    ...unknown.map(({ sentence }) => `  ${paint.yellow("?")} unknown: ${sentence}`),
  ].join("\n");
}
