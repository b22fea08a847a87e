import { decide, estimateDuring } from "@evenkeel/test-generators";
import { seconds, type Workload } from "../model";
import { decideInternal } from ".";
import { exposure, front, service, workload } from "./scene.fixture";
import { wired } from "./health-check";
import { withCandidate } from "./candidate";
import { rolloutOptions } from "./rollout";

/** A Deployment of which one pod after another is replaced, none beside it: its nodes lose their only pod for a while. */
const replaced = (preStopSleepSeconds = 0): Workload => {
  const one = workload(10);
  const containers = one.template.spec.containers.map((container) => ({ ...container, preStopSleepSeconds }));
  return {
    ...one,
    strategy: { type: "RollingUpdate", maxSurge: 0, maxUnavailable: 1 },
    template: { ...one.template, spec: { containers, terminationGracePeriodSeconds: 60 } },
  };
};
const scene = (one: Workload) => exposure(10, 10, { workloads: [one] });
const requirements = { maxRolloutLossSeconds: 0 } as const;

test("Local loses what comes before the health check notices, as long as no pod serves there; Cluster nothing", () => {
  const [decision] = decide(scene(replaced()), { requirements });
  expect(decision?.chosen.externalTrafficPolicy).toBe("Cluster");
  const rejection = decision?.rejected.find(({ requirement }) => requirement === "maxRolloutLossSeconds");
  expect(rejection?.candidate).toEqual({ externalTrafficPolicy: "Local", trafficDistribution: null });
  // The number is the one that following the rollout under Local comes to.
  const local = withCandidate(service, { externalTrafficPolicy: "Local", trafficDistribution: null });
  const [during] = estimateDuring(
    { ...scene(replaced()), service: local, fronts: [wired(front, local)] },
    rolloutOptions({ trials: 200, seed: 1 }),
  );
  expect(during?.fullLossSeconds.p95).toBeGreaterThan(0);
  expect(rejection?.why.data.seen).toBe(during?.fullLossSeconds.p95);
  expect(rejection?.why.sentence).toBe(
    `a rollout loses as much as arrives in ${seconds(during?.fullLossSeconds.p95 ?? NaN)} (95th percentile of 20 rollouts); at most 0 s is allowed`,
  );
});

test("pods that serve on until it has noticed lose nothing", () => {
  // Two checks, ten seconds apart, and the sleep is longer.
  const [decision] = decide(scene(replaced(40)), { requirements });
  expect(decision?.chosen.externalTrafficPolicy).toBe("Local");
  expect(decision?.rejected).toEqual([]);
});

test("more is allowed if it is asked for, and without the requirement rollouts are not evaluated", () => {
  const chosen = (limit?: number) =>
    decide(scene(replaced()), { requirements: { maxRolloutLossSeconds: limit } })[0]?.chosen;
  expect(chosen(1_000)?.externalTrafficPolicy).toBe("Local");
  expect(decide(scene(replaced()))[0]?.rejected).toEqual([]);
});

test("clients inside are asked about too", () => {
  const recreated: Workload = { ...workload(10), strategy: { type: "Recreate" } };
  const decision = decideInternal(scene(recreated), { requirements });
  expect(decision?.met).toBe(false);
  expect(decision?.rejected.map(({ requirement }) => requirement)).toContain("maxRolloutLossSeconds");
});

test("what no rollout replaces loses nothing by it; what cannot be followed is no proof", () => {
  const set: Workload = { ...workload(10), ref: { kind: "ReplicaSet", namespace: "shop", name: "web" } };
  expect(decide(scene(set), { requirements })[0]?.met).toBe(true);
  const odd: Workload = { ...workload(10), strategy: { type: "RollingUpdate", maxSurge: "a third" } };
  expect(decide(scene(odd), { requirements })[0]?.rejected[0]).toMatchObject({
    requirement: "maxRolloutLossSeconds",
    why: { code: "rollout-not-simulated" },
  });
});
