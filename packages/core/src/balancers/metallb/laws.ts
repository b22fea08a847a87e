import type { Laws } from "../laws";

/** What rules that hold for every load balancer say in MetalLB's words: it checks nothing and sends no header. */
export const METALLB_LAWS: Laws = {
  proxyHeader: {
    facts: [],
    fix: () =>
      "Disable the PROXY protocol in the pods: MetalLB passes packets on as they are and sends no header.",
  },
  clientAddress: {
    facts: [],
    fix: () => "Set externalTrafficPolicy: Local, so that kube-proxy keeps the client's address.",
  },
};
