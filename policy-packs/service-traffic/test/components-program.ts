import { InternalService, NlbInstanceService, NlbIpService } from "@evenkeel/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { instanceArgs, internalArgs, ipArgs, workload } from "../../../packages/components/testing/nlb-args";
import { later, withoutValues } from "./unknown-inputs";
import type { Variation } from "./varied-program";

// A program with every component, each in the ways that differ in what it creates.

const { inputs }: Variation = JSON.parse(process.env["VARIATION"] ?? "");

/** Arguments that the constructor itself needs in plain: they decide how many resources there are, and of which kind. */
const PLAIN = new Set(["name", "kind", "deployment", "nodes"]);

function varied<T extends object>(args: T): T {
  const known = { namespace: "shop", ...args };
  if (inputs === "known") return known;
  if (inputs === "namespace") return { ...known, namespace: later };
  return lessKnown(known) as T;
}

function lessKnown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lessKnown);
  if (typeof value !== "object" || value === null) return withoutValues(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, PLAIN.has(key) ? item : lessKnown(item)]),
  );
}

const labels = { app: "web" };
const deployment = new Deployment("web", {
  metadata: { name: "web", namespace: "shop" },
  spec: {
    replicas: 6,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: workload.spec },
  },
});

const controllerOwned = { pulumiOwned: undefined, controllerOwned: {} };
const pinned = {
  ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30_001 }],
  healthCheckNodePort: 30_003,
};

new NlbInstanceService("auto", varied(instanceArgs));
new NlbInstanceService("cluster", varied({ ...instanceArgs, trafficPolicy: "Cluster" as const }));
new NlbInstanceService("local", varied({ ...instanceArgs, trafficPolicy: "Local" as const }));
new NlbInstanceService("pinned", varied({ ...instanceArgs, trafficPolicy: "Local" as const, ...pinned }));
new NlbInstanceService("controller", varied({ ...instanceArgs, ...controllerOwned }));
new NlbInstanceService("deployed", varied({ ...instanceArgs, workload: undefined, deployment }));
new NlbIpService("pods", varied(ipArgs));
new NlbIpService("controller-pods", varied({ ...ipArgs, ...controllerOwned }));
new InternalService("internal", varied(internalArgs));
