import { DEFAULT_REQUIREMENTS, REQUIREMENTS } from "@evenkeel/core/decide";
import type { Page } from "./main";

/** `docs/requirements.md`. */
export function requirementsPage(): Page {
  const rows = Object.entries(REQUIREMENTS).map(([name, { says, wanted, unit, sides }]) => {
    const fallback = String(new Map(Object.entries(DEFAULT_REQUIREMENTS)).get(name) ?? "–");
    const values = unit === "" || wanted.includes(unit) ? wanted : `${wanted} (${unit})`;
    return `| \`${name}\` | ${says} | ${values} | ${fallback} | ${sides === "both" ? "both" : "outside"} |`;
  });
  return {
    path: "docs/requirements.md",
    text: [
      "# Requirements",
      "",
      "What a policy must give to be chosen. The same names everywhere: `--require maxHottest=1.3` and `requirements:` in the file of `--config` on the command line, the argument `requirements` of a component, `requirements` in the JSON of a decision. Numbers are those of [numbers.md](numbers.md), held against the 95th percentile over the placements, in the worst of the cluster shapes and counts that a decision must hold for. Rollouts are followed on every tenth placement, on 20 at the most.",
      "",
      "| name | what it asks for | values | default | clients |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
      "",
      "A budget for what crosses zones is a fraction too: the money a month, over the gigabytes a month times the price of one. 50 for 10,000 GB at 0.02 each is `maxCrossZone=0.25`. What the load balancer itself takes across zones is not in it.",
      "",
      'The annotations `evenkeel.io/client-address: required` and `evenkeel.io/in-cluster-clients: "true"` of a Service ask for `clientAddress` and `inClusterClients` as well.',
      "",
    ].join("\n"),
  };
}
