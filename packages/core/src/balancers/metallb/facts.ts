const USAGE = "https://metallb.universe.tf/usage/";
const CONFIG = "https://github.com/metallb/metallb/blob/main/internal/config/config.go";

export const METALLB_FACTS = {
  ML1: {
    statement:
      "One address for two Services, one of them Local: refused unless both are Local with the same selector; the second stays without the address.",
    source: "https://github.com/metallb/metallb/blob/main/internal/allocator/allocator.go",
  },
  ML7: {
    statement:
      "Local over BGP with an aggregated prefix alone: a node with pods of one Service attracts the traffic of others, and drops it.",
    source: USAGE,
  },
  "pool-without-advertisement": {
    statement: "A pool that no advertisement applies to gives out addresses that nobody announces.",
    source: CONFIG,
  },
  "advertisement-names-unknown-pool": {
    statement: "An advertisement that names a pool which does not exist is ignored for it, without a word.",
    source: CONFIG,
  },
  "advertisements-are-a-union": {
    statement:
      "Advertisements of one pool add up: one without node selectors is not restricted by those of another.",
    source: CONFIG,
  },
} as const;
