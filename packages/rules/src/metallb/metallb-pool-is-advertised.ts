import { metallb } from "@evenkeel/core/balancers";
import { layer2Advertisement, metallbPool } from "./examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { METALLB_CONFIGURATION } from "../references";

export const metallbPoolIsAdvertised = rule({
  id: "metallb-pool-is-advertised",
  subject: "inventory",
  severity: "high",
  level: "advisory",
  law: "An advertisement applies to every IPAddressPool.",
  why: "MetalLB gives out the pool's addresses, and no node announces them",
  fix: "Add an L2Advertisement or a BGPAdvertisement that names the pool, or one without ipAddressPools.",
  facts: ["pool-without-advertisement"],
  refs: [METALLB_CONFIGURATION],
  *check({ objects = {} }) {
    const { pools, advertisements } = metallb.readObjects(objects);
    if (pools.length === 0) yield notApplicable("no IPAddressPool");
    for (const pool of pools) {
      if (metallb.advertisementsOf(pool, advertisements).length > 0) yield ok;
      else
        yield violated({
          facts: ["pool-without-advertisement"],
          at: { resource: pool.ref, path: "spec.addresses" },
          seen: "no L2Advertisement or BGPAdvertisement for it",
          wanted: `an L2Advertisement or a BGPAdvertisement that applies to ${pool.ref.name}`,
        });
    }
  },
  examples: () => ({
    bad: [
      {
        name: "a pool alone",
        objects: [metallbPool()],
        expect: {
          at: "IPAddressPool metallb-system/lan spec.addresses",
          seen: "no L2Advertisement or BGPAdvertisement for it",
          wanted: "an L2Advertisement or a BGPAdvertisement that applies to lan",
          fix: "Add an L2Advertisement or a BGPAdvertisement that names the pool, or one without ipAddressPools.",
          level: "advisory",
        },
      },
      {
        name: "an advertisement of another pool",
        objects: [metallbPool(), metallbPool("dmz"), layer2Advertisement({ ipAddressPools: ["dmz"] })],
        expect: {
          at: "IPAddressPool metallb-system/lan spec.addresses",
          seen: "no L2Advertisement or BGPAdvertisement for it",
          wanted: "an L2Advertisement or a BGPAdvertisement that applies to lan",
        },
      },
    ],
    good: [
      { name: "an advertisement of every pool", objects: [metallbPool(), layer2Advertisement()] },
      {
        name: "an advertisement that names it",
        objects: [metallbPool(), layer2Advertisement({ ipAddressPools: ["lan"] })],
      },
    ],
  }),
});
