import { readKubernetes } from "@evenkeel/adapters";
import { decide } from "@evenkeel/core/decide";
import { predict } from "@evenkeel/core/estimate";
import { isUnknown, type Exposure } from "@evenkeel/core/model";
import { transitions } from "@evenkeel/core/transition";
import { CATALOGUE, check, readEnforcement } from "..";
import { nlbService } from "../aws/examples";
import { deployment } from "../examples";

// Rules, estimates, decisions and switches ask one function whether a health check can pass. Every combination of what decides it is
// put to all of them, and none may contradict another.

const ENFORCEMENT = readEnforcement({ today: "2026-11-22" }, []).value;
const NODES = ["a", "b", "a", "b"].map((zone, index) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${index + 1}`, labels: { "topology.kubernetes.io/zone": zone } },
  spec: { providerID: `aws:///${zone}/i-0000000000000000${index + 1}` },
  status: {
    allocatable: { cpu: "4", memory: "16Gi", pods: "110" },
    conditions: [{ type: "Ready", status: "True" }],
  },
}));
const FEW = { trials: 3, seed: 1 };
const ABOUT_THE_CHECK = /health-check|carries-no-proxy-header/;

const CASES = ["tcp", "http"].flatMap((protocol) =>
  ["traffic-port", "30080", "30081", "31999", "8080", "10256"].flatMap((port) =>
    ["", "*"].flatMap((header) =>
      ["Cluster", "Local"].flatMap((policy) =>
        ["instance", "ip"].flatMap((targets) =>
          ["TCP", "UDP"].map((of) => ({ protocol, port, header, policy, targets, of })),
        ),
      ),
    ),
  ),
);
type Case = (typeof CASES)[number];

function exposureOf({ protocol, port, header, policy, targets, of }: Case): Exposure {
  const annotations = {
    "healthcheck-protocol": protocol,
    "healthcheck-port": port,
    "healthcheck-path": "/healthz",
    ...(header === "" ? {} : { "proxy-protocol": header }),
  };
  const spec = {
    externalTrafficPolicy: policy,
    ...(policy === "Local" ? { healthCheckNodePort: 30081 } : {}),
    ports: [{ name: "main", protocol: of, port: 80, targetPort: 80, nodePort: 30080 }],
  };
  const objects = [nlbService(annotations, spec, targets), deployment(), ...NODES];
  const { exposures } = readKubernetes(
    objects.map((object) => ({ object: JSON.parse(JSON.stringify(object)) })),
  );
  const [exposure] = exposures;
  if (!exposure) throw new Error("no exposure");
  return exposure;
}

test.each(CASES)("%j", (asked) => {
  const exposure = exposureOf(asked);
  const [estimate] = predict(exposure, FEW).filter(({ side }) => side === "external");
  if (!estimate?.targetsHealthy) throw new Error("no estimate of the external side");
  const { targetsHealthy: healthy, dropped } = estimate;
  const violated = check(CATALOGUE, { exposures: [exposure] }, ENFORCEMENT).findings.filter(
    ({ rule, verdict }) => verdict === "violated" && ABOUT_THE_CHECK.test(rule),
  );

  // What fails everywhere is a finding, and a check that certainly fails is never estimated to pass.
  if (!isUnknown(healthy) && healthy.worst === 0) expect(violated).not.toEqual([]);
  // U14 is about the policy: the check that Local needs cannot pass, whatever the one that is written does.
  const fails = violated.filter(
    ({ rule, level, facts }) =>
      level === "mandatory" && !facts.includes("U14") && /port-is-open|carries-no-proxy-header/.test(rule),
  );
  if (fails.length > 0) expect(isUnknown(healthy) ? healthy : healthy.mean).toBe(0);

  // What is not known is said, and nobody else claims to know it.
  if (isUnknown(healthy)) expect(estimate.unknown).not.toEqual([]);
  const [switching] = transitions(exposure, "Cluster", FEW);
  if (!switching) throw new Error("no answer about a switch");
  if ("answered" in switching) {
    expect(switching.unknown).not.toEqual([]);
  } else if (!isUnknown(dropped)) {
    expect(switching.before.dropped.mean).toBeCloseTo(dropped.mean, 9);
  }
  for (const decision of decide(exposure, { ...FEW, fixes: false }))
    if ("answered" in decision) expect(decision.unknown).not.toEqual([]);
});
