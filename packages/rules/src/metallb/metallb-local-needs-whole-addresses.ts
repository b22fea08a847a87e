import { metallb } from "@evenkeel/core/balancers";
import { isUnknown, reachesNodes } from "@evenkeel/core/model";
import { bgpAdvertisement, metallbPool, metallbService } from "./examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { METALLB_USAGE } from "../references";

export const metallbLocalNeedsWholeAddresses = rule({
  id: "metallb-local-needs-whole-addresses",
  subject: "inventory",
  severity: "high",
  level: "mandatory",
  law: "Over BGP, the address of a Local Service is advertised by itself (aggregationLength 32, or 128 for IPv6).",
  why: "a node with a pod of one Service announces the whole prefix, attracts what is sent to the others' addresses, and drops it",
  fix: "Set aggregationLength to 32 and aggregationLengthV6 to 128, or add an advertisement that has them beside the aggregate.",
  facts: ["ML7"],
  refs: [METALLB_USAGE],
  *check({ exposures, objects = {} }) {
    const { advertisements } = metallb.readObjects(objects);
    const local = exposures.filter(
      ({ service, fronts }) =>
        service.externalTrafficPolicy === "Local" &&
        fronts.some(
          ({ announcements, targets }) =>
            announcements && !isUnknown(targets.value) && reachesNodes(targets.value),
        ),
    );
    if (local.length === 0) yield notApplicable("no Local Service that is announced over BGP");
    for (const { service, fronts } of local) {
      const names = new Set(
        fronts.flatMap(({ announcements = [] }) => announcements.map(({ resource }) => resource.name)),
      );
      const used = advertisements.filter(({ protocol, ref }) => protocol === "bgp" && names.has(ref.name));
      const aggregate = used.find(({ aggregationLength }) => aggregationLength < 32);
      if (!aggregate || used.some(({ aggregationLength }) => aggregationLength === 32)) yield ok;
      else
        yield violated({
          facts: ["ML7"],
          at: { resource: aggregate.ref, path: "spec.aggregationLength" },
          seen: `${aggregate.aggregationLength} alone, for a Local Service`,
          wanted: "32, or an advertisement with 32 beside it",
          related: [service.ref],
        });
    }
  },
  examples: () => ({
    bad: [
      {
        name: "an aggregate alone",
        objects: [metallbPool(), bgpAdvertisement({ aggregationLength: 24 }), metallbService()],
        expect: {
          at: "BGPAdvertisement metallb-system/lan spec.aggregationLength",
          seen: "24 alone, for a Local Service",
          wanted: "32, or an advertisement with 32 beside it",
          fix: "Set aggregationLength to 32 and aggregationLengthV6 to 128, or add an advertisement that has them beside the aggregate.",
          related: ["Service shop/web"],
          level: "mandatory",
        },
      },
    ],
    good: [
      {
        name: "whole addresses beside the aggregate",
        objects: [
          metallbPool(),
          bgpAdvertisement({ aggregationLength: 24 }, "aggregate"),
          bgpAdvertisement({}, "whole"),
          metallbService(),
        ],
      },
      {
        name: "an aggregate for Cluster",
        objects: [
          metallbPool(),
          bgpAdvertisement({ aggregationLength: 24 }),
          metallbService({}, { externalTrafficPolicy: "Cluster" }),
        ],
      },
    ],
  }),
});
