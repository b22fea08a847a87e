import { statementsOf } from "../model/statement";

/** What routing has to say about the traffic distribution of a Service and about the data plane. */
export const ROUTING_TEXTS = {
  "distribution-in-force": ({ value }: { value: string }) => `trafficDistribution ${value} is in force`,
  "distribution-needs-newer-release": (data: { value: string; version: string; since: string }) =>
    `trafficDistribution ${data.value} has no effect: it needs Kubernetes ${data.since}, and this is ${data.version}`,
  "distribution-gate-off": ({ value, gate }: { value: string; gate: string }) =>
    `trafficDistribution ${value} has no effect: the feature gate ${gate} is off`,
  "distribution-depends-on-version": ({ value, since }: { value: string; since: string }) =>
    `trafficDistribution ${value} has no effect before Kubernetes ${since}, and the version is not given`,
  "distribution-not-known": ({ path }: { path: string }) =>
    `${path} is not known yet, so neither is which endpoints a node prefers`,
  "distribution-without-kube-proxy": ({ why }: { why: "headless" | "ExternalName" }) =>
    `${why === "headless" ? "a headless Service" : "an ExternalName Service"} is not routed by kube-proxy: traffic distribution has no effect`,
  "topology-mode-in-force": ({ annotation }: { annotation: string }) =>
    `${annotation}: Auto is in force: endpoints are allocated to zones by the CPU of their nodes`,
  "topology-mode-wins": ({ annotation, value }: { annotation: string; value: string }) =>
    `${annotation}: Auto takes precedence, so trafficDistribution ${value} has no effect`,
  "topology-mode-gate-off": ({ annotation }: { annotation: string }) =>
    `${annotation}: Auto has no effect: the feature gate TopologyAwareHints is off; trafficDistribution is ignored all the same`,
  "topology-mode-value-ignored": ({ annotation, value }: { annotation: string; value: string }) =>
    `${annotation}: ${value} has no effect: only Auto enables topology hints`,
  "ipvs-not-proved": () => "kube-proxy in ipvs mode as its source reads; not proved against running nodes",
  "ipvs-is-leaving": (data: {
    since: string;
    offByDefault: string;
    removed: string;
    nftablesDefault: string;
  }) =>
    `kube-proxy's ipvs mode is deprecated since Kubernetes ${data.since}, disabled by default in ${data.offByDefault} and removed in ${data.removed}: migrate to nftables, the default mode from ${data.nftablesDefault} on`,
  "affinity-keeps-the-first-choice": () =>
    "sessionAffinity ClientIP keeps a client on the endpoint chosen first, also when a preferred one appears later",
} as const;

export const sayRouting = statementsOf(ROUTING_TEXTS);
