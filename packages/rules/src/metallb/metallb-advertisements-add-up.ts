import { metallb } from "@evenkeel/core/balancers";
import { bgpAdvertisement, layer2Advertisement, metallbPool } from "./examples";
import { notApplicable, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { METALLB_CONFIGURATION } from "../references";

export const metallbAdvertisementsAddUp = rule({
  id: "metallb-advertisements-add-up",
  subject: "inventory",
  severity: "medium",
  level: "advisory",
  law: "No advertisement without node selectors stands beside one that has some, for the same pool and protocol.",
  why: "advertisements of one pool add up: the one without node selectors lets every node announce, and the other restricts nothing",
  fix: "Name the pools that the unrestricted advertisement is for, or give it the same node selectors.",
  facts: ["advertisements-are-a-union"],
  refs: [METALLB_CONFIGURATION],
  *check({ objects = {} }) {
    const { pools, advertisements } = metallb.readObjects(objects);
    let isAsked = false;
    for (const pool of pools) {
      for (const protocol of ["layer2", "bgp"] as const) {
        const own = metallb.advertisementsOf(pool, advertisements).filter((one) => one.protocol === protocol);
        const open = own.find(({ nodeSelectors }) => nodeSelectors.length === 0);
        const restricted = own.find(({ nodeSelectors }) => nodeSelectors.length > 0);
        if (!open || !restricted) continue;
        isAsked = true;
        yield violated({
          facts: ["advertisements-are-a-union"],
          at: { resource: open.ref, path: "spec.nodeSelectors" },
          seen: `none, so every node announces pool ${pool.ref.name}, although ${restricted.ref.name} has node selectors`,
          wanted: `other pools than ${pool.ref.name}, or the node selectors of ${restricted.ref.name}`,
          related: [restricted.ref, pool.ref],
        });
      }
    }
    if (!isAsked)
      yield notApplicable("no two advertisements of one pool that differ in their node selectors");
  },
  examples: () => ({
    bad: [
      {
        name: "an advertisement of every pool beside one for some nodes",
        objects: [
          metallbPool(),
          layer2Advertisement({}, "default"),
          layer2Advertisement(
            { ipAddressPools: ["lan"], nodeSelectors: [{ matchLabels: { edge: "true" } }] },
            "edge-only",
          ),
        ],
        expect: {
          at: "L2Advertisement metallb-system/default spec.nodeSelectors",
          seen: "none, so every node announces pool lan, although edge-only has node selectors",
          wanted: "other pools than lan, or the node selectors of edge-only",
          fix: "Name the pools that the unrestricted advertisement is for, or give it the same node selectors.",
          related: ["L2Advertisement metallb-system/edge-only", "IPAddressPool metallb-system/lan"],
          level: "advisory",
        },
      },
    ],
    good: [
      {
        name: "one for each protocol",
        objects: [
          metallbPool(),
          layer2Advertisement(),
          bgpAdvertisement({ nodeSelectors: [{ matchLabels: { edge: "true" } }] }),
        ],
      },
    ],
  }),
});
