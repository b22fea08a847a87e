import type { Service } from "../model";
import { candidateName, candidatesFor } from "./candidate";

const service: Service = {
  ref: { kind: "Service", namespace: "shop", name: "web" },
  labels: {},
  annotations: {},
  type: "LoadBalancer",
  headless: false,
  ports: [],
  internalTrafficPolicy: "Cluster",
  loadBalancerSourceRanges: [],
  sessionAffinity: "None",
  publishNotReadyAddresses: false,
  externalIPs: [],
  ingress: [],
};
const cluster = { dataplane: "iptables", nodes: [], pods: [] } as const;

describe("candidates for a Service behind nodes", () => {
  const names = (kubernetesVersion?: string, fixed?: "PreferClose"): readonly string[] =>
    candidatesFor(service, undefined, { ...cluster, kubernetesVersion }, fixed).candidates.map(candidateName);

  // KEP-3015: PreferSameNode and PreferSameZone are on by default from 1.34.
  it.each([
    { version: undefined, offered: ["Cluster", "Local"] },
    { version: "1.33", offered: ["Cluster", "Local"] },
    {
      version: "1.34",
      offered: ["Cluster", "Local", "Cluster + PreferSameNode", "Cluster + PreferSameZone"],
    },
  ])("Kubernetes $version: $offered", ({ version, offered }) => {
    expect(names(version)).toEqual(offered);
  });

  // k8s.io/endpointslice reconciler.go: the annotation takes precedence over the field.
  it("leave out a distribution that the topology annotation would beat, and say so", () => {
    const annotations = { "service.kubernetes.io/topology-mode": "Auto" };
    const { candidates, notes } = candidatesFor({ ...service, annotations }, undefined, {
      ...cluster,
      kubernetesVersion: "1.36",
    });
    expect(candidates.map(candidateName)).toEqual(["Cluster", "Local"]);
    expect(notes.map(({ code }) => code)).toEqual(["prefer-same-without-effect"]);
    expect(notes[0]?.sentence).toContain("topology-mode: Auto takes precedence");
  });

  it("keep a distribution that is not up for choice", () => {
    expect(names("1.36", "PreferClose")).toEqual(["Cluster + PreferClose", "Local + PreferClose"]);
  });
});
