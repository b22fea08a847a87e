import { metallb } from "@evenkeel/core/balancers";
import { nearest } from "@evenkeel/core/model";
import { layer2Advertisement, metallbPool } from "./examples";
import { notApplicable, ok, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { METALLB_CONFIGURATION } from "../references";

export const metallbAdvertisementNamesAPool = rule({
  id: "metallb-advertisement-names-a-pool",
  subject: "inventory",
  severity: "high",
  level: "mandatory",
  law: "An advertisement names IPAddressPools that exist.",
  why: "MetalLB ignores a name that no pool has, without a word, and the pool that was meant is not announced",
  fix: "Write the name of an IPAddressPool.",
  facts: ["advertisement-names-unknown-pool"],
  refs: [METALLB_CONFIGURATION],
  *check({ objects = {} }) {
    const { pools, advertisements } = metallb.readObjects(objects);
    // Pools of another source may have the name: without any pool here nothing can be said.
    if (pools.length === 0) return yield notApplicable("no IPAddressPool in the input");
    const names = pools.map(({ ref }) => ref.name);
    for (const advertisement of advertisements) yield* namesOf(advertisement, names);
  },
  examples: () => ({
    bad: [
      {
        name: "a misspelt name",
        objects: [metallbPool(), layer2Advertisement({ ipAddressPools: ["lan", "lann"] })],
        expect: {
          at: "L2Advertisement metallb-system/lan spec.ipAddressPools[1]",
          seen: "lann",
          wanted: 'an IPAddressPool: lan; did you mean "lan"?',
          fix: "Write the name of an IPAddressPool.",
          level: "mandatory",
        },
      },
    ],
    good: [
      {
        name: "the pool's name",
        objects: [metallbPool(), layer2Advertisement({ ipAddressPools: ["lan"] })],
      },
      { name: "no pool in the input", objects: [layer2Advertisement({ ipAddressPools: ["elsewhere"] })] },
    ],
  }),
});

function* namesOf({ ref, pools }: metallb.Advertisement, names: readonly string[]): Iterable<Outcome> {
  for (const [index, name] of pools.entries()) {
    if (names.includes(name)) yield ok;
    else
      yield violated({
        facts: ["advertisement-names-unknown-pool"],
        at: { resource: ref, path: `spec.ipAddressPools[${index}]` },
        seen: name,
        wanted: `an IPAddressPool: ${names.join(", ")}${nearest(name, names)}`,
      });
  }
}
