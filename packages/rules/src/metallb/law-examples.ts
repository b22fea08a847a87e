import type { LawExamples } from "../law-examples";
import { metallbPool, metallbService } from "./examples";

const SHARED = { "allow-shared-ip": "k", loadBalancerIPs: "192.0.2.10" };

/** What MetalLB shows of the rules that hold for every load balancer. */
export const METALLB_LAW_EXAMPLES: LawExamples = {
  "service-accepted-by-controller": {
    bad: [
      {
        name: "an address that two Local Services with other selectors ask for",
        objects: [
          metallbPool(),
          metallbService(SHARED),
          metallbService(SHARED, { selector: { app: "api" }, ports: [{ port: 443 }] }, "api"),
        ],
        expect: {
          at: 'Service shop/api metadata.annotations["metallb.io/allow-shared-ip"]',
          seen: 'can\'t change sharing key for "shop/api", address also in use by shop/web',
          wanted:
            "an address of its own, or one sharing key for Services that are all Cluster, or all Local with one selector",
          effect: "metallb refuses the Service and builds no load balancer",
          fix: 'Set metadata.annotations["metallb.io/allow-shared-ip"] to an address of its own, or one sharing key for Services that are all Cluster, or all Local with one selector.',
          facts: ["ML1"],
          level: "mandatory",
        },
      },
    ],
    good: [],
  },
};
