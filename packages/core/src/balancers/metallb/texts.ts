import { statementsOf } from "../../model";

const METALLB_TEXTS = {
  "speaker-on-every-node": () => "assuming a live MetalLB speaker on every node that may announce",
  "announcements-follow-endpoints": () =>
    "MetalLB checks nothing: a node stops announcing as soon as its last endpoint is gone",
  "failover-in-layer-two": () =>
    "how long MetalLB takes to notice a lost node in layer 2 is not known; assuming it is noticed immediately",
  "bgp-hold-time": ({ seconds }: { seconds: number }) =>
    `a lost node still receives connections until its BGP session ends, after up to ${seconds} s (hold time; less with BFD)`,
  "metallb-both-modes": () =>
    "the pool is advertised in layer 2 and over BGP; assuming clients come through the routers that speak BGP",
  "metallb-pool-unknown": ({ why }: { why: string }) =>
    `which nodes announce it is not known: ${why}; add MetalLB's IPAddressPool, L2Advertisement and BGPAdvertisement objects to the input`,
  "metallb-not-announced": ({ pool }: { pool: string }) =>
    `nothing announces it: no L2Advertisement or BGPAdvertisement applies to IPAddressPool ${pool} for this Service`,
  "exclude-node-from-metallb": () =>
    "nodeSelectors of the pool's advertisements, or label node.kubernetes.io/exclude-from-external-load-balancers",
} as const;

export const sayMetallb = statementsOf(METALLB_TEXTS);
