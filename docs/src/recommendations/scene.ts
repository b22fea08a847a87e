import {
  candidateName,
  decide,
  decideInternal,
  type Decision,
  type DecideOptions,
} from "@evenkeel/core/decide";
import { equalNodes } from "@evenkeel/core/estimate";
import {
  byDefault,
  isAnswered,
  type Cluster,
  type Exposure,
  type Front,
  type Workload,
} from "@evenkeel/core/model";
import { webService } from "@evenkeel/test-generators";

/** One line of a recommendation, and what the computation says of it. */
export interface Scenario {
  readonly name: string;
  readonly recommended: string;
  /** The concrete case that stands for it. */
  readonly taken: string;
  readonly verdict: () => string;
}

const SERVICE = webService();
const AT = { resource: SERVICE.ref, path: "spec" };

/** An NLB over nodes, even over all of them. */
const NLB: Front = {
  balancer: "nlb",
  controller: { name: "aws-load-balancer-controller" },
  resource: SERVICE.ref,
  related: [],
  servicePort: 80,
  targets: byDefault("instance", AT),
  targetPort: byDefault(31080, AT),
  healthCheck: {
    protocol: byDefault("TCP", AT),
    port: byDefault("traffic-port", AT),
    intervalSeconds: byDefault(10, AT),
    timeoutSeconds: byDefault(10, AT),
    healthyThreshold: byDefault(3, AT),
    unhealthyThreshold: byDefault(3, AT),
  },
  proxyProtocol: byDefault("off", AT),
  preservesClientAddress: byDefault(true, AT),
  attributes: { "load_balancing.cross_zone.enabled": byDefault(true, AT) },
};

export const LABELS = { app: "web" };

export function workload(replicas: number, more: Partial<Workload> = {}): Workload {
  return {
    ref: { kind: "Deployment", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: replicas, by: "given" },
    selector: { matchLabels: LABELS },
    template: {
      labels: LABELS,
      spec: { containers: [{ name: "web", requests: { cpu: 100, memory: 128 * 1024 ** 2 } }] },
    },
    ...more,
  };
}

/** The same under an autoscaler. */
export function autoscaled(min: number, max: number): Workload {
  const by = { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" };
  return workload(min, { replicas: { count: min, by: "given", range: { min, max, by } } });
}

export function cluster(nodes: number, backgroundLoad = 0.5): Cluster {
  return {
    kubernetesVersion: "1.36",
    dataplane: "iptables",
    nodes: equalNodes(nodes, 3),
    pods: [],
    backgroundLoad,
  };
}

export function exposure(run: Workload, on: Cluster, more: Partial<Exposure> = {}): Exposure {
  return { service: SERVICE, fronts: [NLB], workloads: [run], cluster: on, missing: [], ...more };
}

/** The choice for clients outside, and the first reason against or for it. */
export function outside(scene: Exposure, options: DecideOptions = {}): string {
  const [decision] = decide(scene, options).filter(isAnswered);
  if (!decision) throw new Error("an exposed Service has a decision");
  return say(decision);
}

/** The same for clients inside. */
export function inside(run: Workload, on: Cluster): string {
  const decision = decideInternal(exposure(run, on));
  if (!decision) throw new Error("a Service with a cluster IP has a decision");
  return say(decision);
}

function say({ chosen, met, rejected, why, fixes: [fix] }: Decision): string {
  const [first] = rejected;
  const reason = first
    ? `${candidateName(first.candidate)}: ${first.why.sentence}`
    : (why[0]?.sentence ?? "");
  const unmet = met ? "" : "No policy meets every requirement; ";
  const fixed = fix
    ? ` ${candidateName(fix.for)} would be chosen if you ${fix.change.sentence} (${fix.effect.sentence}).`
    : "";
  return `${unmet}**${candidateName(chosen)}**. ${reason}.${fixed}`;
}
