import type { Page } from "../main";
import { EXTERNAL } from "./external";
import { INTERNAL } from "./internal";
import { regimes } from "./regimes";
import type { Scenario } from "./scene";

// What two widely read documents recommend, and what the computation says of each: the tables of a reference page on traffic policies,
// and the three regimes of replicas of an illustrated article.

/** `docs/recommendations.md`. */
export function recommendationsPage(): Page {
  return {
    path: "docs/recommendations.md",
    text: [
      "# Recommendations, computed",
      "",
      "What is often recommended, and what the computation says for a concrete case: an NLB over nodes with cross-zone balancing, equal nodes in three zones with up to half of each asked for already, 200 placements, seed 1, Kubernetes 1.36 and the [default requirements](requirements.md) unless said. A choice is followed by the first thing that speaks against another, or for it, and by the smallest change that would let a rejected one pass.",
      "",
      "## externalTrafficPolicy",
      "",
      ...table(EXTERNAL),
      "",
      "## internalTrafficPolicy",
      "",
      ...table(INTERNAL),
      "",
      "## How many pods for how many nodes, under Local",
      "",
      "`hottest`, mean (worst), by how much of each node is asked for already. Pods near the number of nodes are not the bad case; those between one and two times the nodes are. A constraint makes whole multiples of the nodes even, also on loaded ones; between them it cannot.",
      "",
      ...regimes(),
      "",
    ].join("\n"),
  };
}

function table(scenarios: readonly Scenario[]): readonly string[] {
  return [
    "| scenario | recommended there | taken as | computed |",
    "| --- | --- | --- | --- |",
    ...scenarios.map(
      ({ name, recommended, taken, verdict }) => `| ${name} | ${recommended} | ${taken} | ${verdict()} |`,
    ),
  ];
}
