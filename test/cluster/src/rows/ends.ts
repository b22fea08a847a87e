import type { Route } from "@evenkeel/core/routing";
import type { Connection } from "../lab/probe";
import { inhabitant } from "../lab/plan";

/**
 * How a connection can end, in words that core's answer and a real packet share: `web-a1 sees node c`, `refused`, `timeout`,
 * `balancer`.
 */
export type End = string;

/** All ends that core says are possible; each is to be seen. */
export function foretold(route: Route): readonly End[] {
  switch (route.verdict) {
    case "reject":
      return ["refused"];
    case "drop":
      return ["timeout"];
    case "leaves":
      return ["balancer"];
    case "deliver":
      return unique(
        route.to.map(({ endpoint, sees, answered }) => {
          if (!answered) return "timeout";
          const seen = sees.kind === "node" ? `node ${sees.node}` : inhabitant(sees.address);
          return `${endpoint.pod ?? endpoint.addresses[0]} sees ${seen}`;
        }),
      );
  }
}

/** How the connection did end. What the balancer sees is between it and the node that let the packet go. */
export function endOf({ end, by, source }: Connection): End {
  if (end !== "answered") return end;
  return by === "balancer" ? by : `${by} sees ${inhabitant(source ?? "")}`;
}

export function unique(ends: readonly End[]): readonly End[] {
  return [...new Set(ends)].sort();
}
