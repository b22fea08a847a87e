import * as core from ".";
import { transitions, inWords, type InWords } from "@evenkeel/test-generators";
import fc from "fast-check";
import { cluster, exposure, front, service } from "../decide/scene.fixture";
import {
  apart,
  clusterFront,
  ipFront,
  LOCAL,
  localFront,
  nodesInZones,
  type CheckTimes,
} from "../estimate/during/during.fixture";
import {
  byDefault,
  given,
  unknownAt,
  type Exposure,
  type Front,
  type HealthCheckPort,
  type Service,
  type TargetKind,
} from "../model";
import {
  transitions as allTransitions,
  type Transition,
  type TransitionGoal,
  type TransitionOptions,
} from ".";

// Closed forms for N nodes of which k have a pod each. A controller or a person keeps the check; times are of the check's own.

const at = front.targets.at;
const N = fc.integer({ min: 2, max: 8 });

const checkTimes: fc.Arbitrary<CheckTimes> = fc.record({
  interval: fc.constantFrom(5, 10, 30),
  healthy: fc.integer({ min: 2, max: 4 }),
  unhealthy: fc.integer({ min: 2, max: 4 }),
});

const some = fc.tuple(N, N).map(([a, b]) => ({ nodes: Math.max(a, b), pods: Math.min(a, b) }));

function byHand(stands: Front): Front {
  return { ...stands, controller: { name: "pulumi" }, resource: { kind: "TargetGroup", name: "web" } };
}

const CLASS = { loadBalancerClass: "service.k8s.aws/nlb" };

function scene(pods: number, nodes: number, of: Service, stands: Front): Exposure {
  return exposure(pods, nodes, { workloads: [apart(pods)], service: of, fronts: [stands] });
}

function only(of: Exposure, to: TransitionGoal, options: TransitionOptions = {}): InWords<Transition> {
  const [first, ...others] = transitions(of, to, { trials: 2, ...options });
  if (!first || others.length > 0) throw new Error("wanted one answer");
  return inWords(first);
}

const nothingLost = { fullLossSeconds: { worst: 0 }, dropped: { worst: 0 }, resets: { worst: 0 } };

describe("Cluster to Local, the check kept by AWS Load Balancer Controller", () => {
  test("loses what enters nodes without a pod for the 20 s of the new check, and resets what they held", () => {
    fc.assert(
      fc.property(some, ({ nodes, pods }) => {
        const { atOnce, inOrder, after } = only(scene(pods, nodes, { ...service, ...CLASS }, front), "Local");
        const empty = (nodes - pods) / nodes;
        expect(atOnce.fullLossSeconds.worst).toBeCloseTo(20 * empty, 9);
        expect(atOnce.dropped.worst).toBeCloseTo(empty, 9);
        expect(atOnce.resets.worst).toBeCloseTo(empty, 9);
        expect(after).toMatchObject({
          healthCheck: "HTTP /healthz on the healthCheckNodePort",
          dropped: { worst: 0 },
        });
        expect(inOrder).toMatchObject(nothingLost);
        // With a pod on every node there is nothing to take out.
        expect(inOrder.steps).toHaveLength(nodes === pods ? 1 : 3);
      }),
      { numRuns: 30 },
    );
  });

  test("keeps a check that an annotation gives, says what that loses for good, and is without loss where that is removed first", () => {
    const annotations = {
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "tcp",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "10256",
    };
    const stands = { ...front, healthCheck: { ...front.healthCheck!, port: given(10256, at) } };
    const { after, notes, inOrder } = only(
      scene(3, 4, { ...service, ...CLASS, annotations }, stands),
      "Local",
    );
    expect(inOrder).toMatchObject(nothingLost);
    expect(inOrder.steps[0]?.action).toBe(
      "remove the annotations service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol and service.beta.kubernetes.io/aws-load-balancer-healthcheck-port",
    );
    // With the check that the controller then gives they may come back.
    expect(inOrder.steps.at(-1)?.action).toBe("add them again");
    expect(after).toMatchObject({ healthCheck: "TCP on port 10256", dropped: { worst: 0.25 } });
    expect(notes).toContain(
      "afterwards 25 % of new connections are dropped as long as it stays so: its check (TCP on port 10256) does not keep the load balancer from nodes without a pod",
    );
  });
});

describe("Cluster to Local, the check kept by hand", () => {
  test("loses what enters nodes without a pod until the old check on the traffic port fails there, however late the new one comes", () => {
    fc.assert(
      fc.property(
        some,
        checkTimes,
        fc.integer({ min: 1, max: 300 }),
        ({ nodes, pods }, times, gapSeconds) => {
          const way = only(scene(pods, nodes, service, byHand(clusterFront(times))), "Local", { gapSeconds });
          const empty = (nodes - pods) / nodes;
          expect(way.atOnce.fullLossSeconds.worst).toBeCloseTo(empty * times.interval * times.unhealthy, 9);
          expect(way.inOrder).toMatchObject(nothingLost);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("loses it until the check is changed and has failed, where the old one passes on every node", () => {
    const blind = { ...front, healthCheck: { ...front.healthCheck!, port: given(10256, at) } };
    const way = only(scene(2, 5, service, byHand(blind)), "Local", { gapSeconds: 45 });
    expect(way.atOnce.fullLossSeconds.worst).toBeCloseTo((45 + 20) * 0.6, 9);
    expect(way.inOrder).toMatchObject(nothingLost);
    expect(way.inOrder.steps.map(({ action }) => action)).toEqual([
      "remove the nodes without a pod from the load balancer (spec.nodeSelector of the TargetGroupBinding, or deregister them)",
      "set spec.externalTrafficPolicy to Local",
      "set the health check of Service web to HTTP /healthz on the healthCheckNodePort",
      "add them again",
    ]);
  });
});

describe("Local to Cluster", () => {
  test("drops nothing by hand, since the load balancer fails open, but resets everything where the check comes too late", () => {
    fc.assert(
      fc.property(some, checkTimes, fc.nat({ max: 200 }), ({ nodes, pods }, times, gapSeconds) => {
        const way = only(scene(pods, nodes, LOCAL, byHand(localFront(times))), "Cluster", { gapSeconds });
        const tooLate = gapSeconds > times.interval * times.unhealthy;
        expect(way.atOnce).toMatchObject({ fullLossSeconds: { worst: 0 }, dropped: { worst: 0 } });
        fc.pre(gapSeconds !== times.interval * times.unhealthy);
        expect(way.atOnce.resets.worst).toBeCloseTo(tooLate ? 1 : 0, 9);
        expect(way.inOrder).toMatchObject(nothingLost);
      }),
      { numRuns: 40 },
    );
  });

  test("by hand the check comes first: the traffic port answers under both policies", () => {
    const { inOrder, notes } = only(scene(2, 5, LOCAL, byHand(localFront())), "Cluster");
    expect(inOrder.steps.map(({ action, seconds }) => [action, seconds])).toEqual([
      ["set the health check of Service web to TCP on the traffic port", 30],
      ["set spec.externalTrafficPolicy to Cluster", 30],
    ]);
    expect(notes).toContain("the address that pods see changes from the client's to the node's");
    expect(notes.join()).toContain("healthCheckNodePort is released");
  });

  test("by hand is the policy alone where the check is already the traffic port's", () => {
    const way = only(scene(2, 5, LOCAL, byHand(clusterFront())), "Cluster");
    expect(way.atOnce).toMatchObject(nothingLost);
    expect(way.inOrder.steps.map(({ action }) => action)).toEqual([
      "set spec.externalTrafficPolicy to Cluster",
    ]);
  });

  test("resets nothing where the load balancer is told not to", () => {
    const attributes = { "target_health_state.unhealthy.connection_termination.enabled": given(false, at) };
    const kept = { ...byHand(localFront()), attributes: { ...front.attributes, ...attributes } };
    expect(only(scene(2, 5, LOCAL, kept), "Cluster").atOnce.resets.worst).toBe(0);
  });

  test("a check that is not known yet, but comes from the healthCheckNodePort, is closed all the same", () => {
    const healthCheckNodePort = unknownAt("spec.healthCheckNodePort");
    const asks = localFront();
    const unknown = byHand({
      ...asks,
      healthCheck: { ...asks.healthCheck!, port: given<HealthCheckPort>(healthCheckNodePort, at) },
    });
    expect(
      only(scene(2, 5, { ...LOCAL, healthCheckNodePort }, unknown), "Cluster").atOnce.resets.worst,
    ).toBeCloseTo(1, 9);
  });
});

describe("annotations that keep the check of Local", () => {
  const prefix = "service.beta.kubernetes.io/aws-load-balancer-healthcheck";
  const annotations = {
    [`${prefix}-protocol`]: "HTTP",
    [`${prefix}-port`]: "30050",
    [`${prefix}-path`]: "/healthz",
  };
  const pinned: Service = { ...LOCAL, ...CLASS, annotations, healthCheckNodePort: 30050 };
  const asks = localFront();
  const stands: Front = { ...asks, healthCheck: { ...asks.healthCheck!, port: given(30050, at) } };

  test("leave no target that passes under Cluster, which is said; removed first, nothing is reset", () => {
    const { after, atOnce, inOrder, notes } = only(scene(2, 5, pinned, stands), "Cluster");
    expect(after.healthCheck).toBe("HTTP /healthz on port 30050");
    expect(atOnce.resets.worst).toBeCloseTo(1, 9);
    expect(atOnce.steps[0]?.why.join(" ")).toBe(
      "The check is still HTTP /healthz on the healthCheckNodePort 30050. Nothing answers there any more: every target becomes unhealthy, and the load balancer fails open.",
    );
    expect(notes).toContain(
      "after that change alone no target passes its check (HTTP /healthz on port 30050): the load balancer sends to all of them alike, also to a node that is gone",
    );
    expect(inOrder).toMatchObject(nothingLost);
    expect(inOrder.steps.map(({ action }) => action)).toEqual([
      `remove the annotations ${prefix}-protocol, ${prefix}-port and ${prefix}-path`,
      "set spec.externalTrafficPolicy to Cluster",
    ]);
  });

  test("go with the kind of target: no pod answers on the healthCheckNodePort", () => {
    const { after, atOnce, inOrder } = only(scene(2, 5, pinned, stands), "ip");
    expect(after).toMatchObject({ balancer: "nlb-ip", healthCheck: "TCP on the traffic port" });
    expect(atOnce.steps[0]?.action).toContain(
      `remove the annotations ${prefix}-protocol, ${prefix}-port and ${prefix}-path`,
    );
    expect(inOrder.steps[0]?.action).toContain(`without the annotations ${prefix}-protocol`);
  });

  test("stay where they do no harm", () => {
    const { inOrder } = only(
      scene(2, 5, { ...LOCAL, ...CLASS, annotations: { [`${prefix}-path`]: "/healthz" } }, asks),
      "Cluster",
    );
    expect(inOrder.steps.map(({ action }) => action)).toEqual(["set spec.externalTrafficPolicy to Cluster"]);
  });
});

test("a Service of type NodePort has no healthCheckNodePort to give back", () => {
  const { healthCheckNodePort: _, ...local } = LOCAL;
  const way = only(
    exposure(2, 3, { service: { ...local, type: "NodePort" }, fronts: [], workloads: [apart(2)] }),
    "Cluster",
  );
  expect(way.inOrder.steps[0]?.why.join(" ")).toBe("Every node serves at once.");
  expect(JSON.stringify(way)).not.toContain("healthCheckNodePort");
});

describe("a load balancer that does not fail open, its configuration kept by hand", () => {
  const haproxy = (stands: Front): Front => ({
    ...byHand(stands),
    balancer: "haproxy",
    targets: given("node", at),
  });

  test("Local to Cluster loses everything while no server passes the old check, and nothing where the check comes first", () => {
    fc.assert(
      fc.property(
        some,
        checkTimes,
        fc.integer({ min: 1, max: 200 }),
        ({ nodes, pods }, times, gapSeconds) => {
          const detection = times.interval * times.unhealthy;
          fc.pre(gapSeconds > detection);
          const way = only(scene(pods, nodes, LOCAL, haproxy(localFront(times))), "Cluster", { gapSeconds });
          // The check that is recommended passes after two times two seconds.
          expect(way.atOnce.fullLossSeconds.worst).toBeCloseTo(gapSeconds + 4 - detection, 9);
          expect(way.atOnce.steps[0]?.why.join(" ")).toContain("the load balancer refuses everything");
          expect(way.inOrder).toMatchObject(nothingLost);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("Cluster to Local without a check: one is what it takes, and the nodes without a pod come back only then", () => {
    const { healthCheck: _, ...unchecked } = haproxy(clusterFront());
    const way = only(scene(1, 4, service, unchecked), "Local", { gapSeconds: 30 });
    // Six seconds for the new check to fail three times.
    expect(way.atOnce.fullLossSeconds.worst).toBeCloseTo((30 + 6) * 0.75, 9);
    expect(way.inOrder).toMatchObject(nothingLost);
    expect(way.after).toMatchObject({
      healthCheck: "HTTP /healthz on the healthCheckNodePort",
      dropped: { worst: 0 },
    });
    expect(JSON.parse(JSON.stringify(way))).toEqual(way);
  });
});

test("cloud-provider-aws makes a new target group: everything is lost until its targets have passed", () => {
  const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
  const ccm = {
    ...clusterFront({ interval: 30, healthy: 3, unhealthy: 3 }),
    controller: { name: "cloud-provider-aws" },
  };
  const toLocal = only(scene(3, 5, { ...service, annotations }, ccm), "Local");
  expect(toLocal.atOnce.fullLossSeconds.worst).toBeCloseTo(20, 9);
  expect(toLocal.inOrder).toMatchObject(nothingLost);
  const local = {
    ...localFront({ interval: 10, healthy: 2, unhealthy: 2 }),
    controller: { name: "cloud-provider-aws" },
  };
  const toCluster = only(scene(3, 5, { ...LOCAL, annotations }, local), "Cluster");
  expect(toCluster.atOnce.fullLossSeconds.worst).toBeCloseTo(90, 9);
});

describe("another kind of target", () => {
  test("replaces the target group: everything is lost until the new targets have passed, and nothing beside it", () => {
    fc.assert(
      fc.property(some, checkTimes, ({ nodes, pods }, times) => {
        const toPods = only(scene(pods, nodes, service, byHand(clusterFront(times))), "ip");
        // The check that is recommended for pods: three times ten seconds.
        expect(toPods.atOnce.fullLossSeconds.worst).toBeCloseTo(30, 9);
        expect(toPods.inOrder).toMatchObject(nothingLost);
        expect(toPods.after).toMatchObject({ balancer: "nlb-ip", clientAddress: { sees: "balancer" } });
        const toNodes = only(scene(pods, nodes, LOCAL, byHand(ipFront(times))), "instance");
        expect(toNodes.atOnce.fullLossSeconds.worst).toBeCloseTo(20, 9);
        expect(toNodes.inOrder).toMatchObject(nothingLost);
        expect(toNodes.after).toMatchObject({ balancer: "nlb-instance", clientAddress: { sees: "client" } });
      }),
      { numRuns: 20 },
    );
  });

  test("of an annotated Service is the controller's: the annotation at once, a second Service without loss", () => {
    const { atOnce, inOrder, after } = only(scene(2, 3, { ...service, ...CLASS }, front), "ip");
    expect(atOnce.steps[0]?.action).toBe(
      "set annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type to ip",
    );
    expect(inOrder.steps.map(({ action }) => action)).toEqual([
      "create a second Service with ip targets with the same selector and a load balancer of its own",
      "point the DNS name to the new load balancer",
      "delete the old Service",
    ]);
    expect(after.balancer).toBe("nlb-ip");
  });

  test.each<[string, Partial<Exposure>, string]>([
    [
      "a controller that registers nodes only",
      { fronts: [{ ...front, controller: { name: "cloud-provider-aws" } }] },
      "cloud-provider-aws registers instance targets only",
    ],
    [
      "a balancer without that kind",
      { fronts: [{ ...front, balancer: "haproxy", targets: given("node", at) }] },
      "haproxy has no ip targets",
    ],
  ])("is refused with %s", (_, more, told) => {
    expect(() => transitions(exposure(2, 3, more), "ip")).toThrow(told);
  });

  test.each<[string, Partial<Exposure>, string]>([
    ["no load balancer is known", { fronts: [] }, "load-balancer-not-modelled"],
    [
      "its targets are not known yet",
      { fronts: [{ ...front, targets: given<TargetKind>(unknownAt("targetType"), at) }] },
      "target-kind-unknown",
    ],
  ])("has no answer where %s", (_, more, code) => {
    expect(allTransitions(exposure(2, 3, more), "ip")).toMatchObject([
      { answered: false, unknown: [{ code }] },
    ]);
  });
});

test("behind pods as targets a policy changes nothing", () => {
  const { atOnce, inOrder } = only(scene(2, 3, service, ipFront()), "Local");
  expect(atOnce).toMatchObject(nothingLost);
  expect(inOrder).toEqual(atOnce);
});

describe("without cross-zone balancing", () => {
  const zoned = (pods: number, zones: readonly string[], crossZone: boolean): Exposure => {
    const attributes = { "load_balancing.cross_zone.enabled": byDefault(crossZone, at) };
    return {
      ...scene(pods, 0, service, byHand({ ...front, attributes })),
      cluster: cluster(0, { nodes: nodesInZones(zones) }),
    };
  };

  test("a zone that is left without a pod is lost for a minute longer, in order too, and it is said", () => {
    const { atOnce, inOrder, notes } = only(zoned(2, ["a", "b", "c"], false), "Local");
    // A third for the 30 s of the check and for the 60 s of DNS.
    expect(atOnce.fullLossSeconds.worst).toBeCloseTo((30 + 60) / 3, 9);
    expect(inOrder.fullLossSeconds.worst).toBeCloseTo(60 / 3, 9);
    expect(notes.join()).toContain("enable cross-zone load balancing");
  });

  test("nothing is lost in order where every zone keeps a pod, or zones make no difference", () => {
    expect(only(zoned(3, ["a", "b", "c", "a", "b", "c"], false), "Local").inOrder).toMatchObject(nothingLost);
    expect(only(zoned(2, ["a", "b", "c"], true), "Local").inOrder).toMatchObject(nothingLost);
  });
});

test("what is there already needs no step", () => {
  const { atOnce, inOrder, notes } = only(scene(2, 3, service, front), "Cluster");
  expect([...atOnce.steps, ...inOrder.steps]).toEqual([]);
  expect(notes).toEqual(["nothing to do: it is Cluster already"]);
});

test("a PROXY header under Local leaves no target that passes, and it is said", () => {
  const proxied = { ...byHand(front), proxyProtocol: byDefault("v2" as const, at) };
  const { after, notes } = only(scene(3, 5, service, proxied), "Local");
  expect(after.dropped.worst).toBeCloseTo(0.4, 9);
  expect(notes.join()).toContain("PROXY header is part of the health check");
});

test("endpoints of a live cluster are taken as they are", () => {
  const on = (nodeName: string, ready = true) => ({ addresses: [], nodeName, ready });
  const endpoints = { "": [on("node-1"), on("node-1"), on("node-2"), on("node-3", false)] };
  const live = { ...scene(9, 4, { ...service, ...CLASS }, front), workloads: [], endpoints };
  expect(only(live, "Local")).toMatchObject({ trials: 1, atOnce: { resets: { worst: 0.5 } } });
});

test("there is no answer for what nothing outside reaches, and an unanswered one for pods that are not in the input", () => {
  const inside = { ...service, type: "ClusterIP" as const };
  expect(transitions(exposure(2, 3, { service: inside, fronts: [] }), "Local")).toEqual([]);
  expect(() => transitions(exposure(2, 3, { service: inside, fronts: [ipFront()] }), "Local")).toThrow(
    "a Service that is not exposed itself has no externalTrafficPolicy",
  );
  expect(core.transitions(exposure(2, 3, { workloads: [] }), "Local")).toMatchObject([
    { answered: false, side: "external", unknown: [{ code: "pods-not-in-input" }] },
  ]);
  expect(() => transitions(exposure(0, 3), "Local")).toThrow("no pod of it serves on 3 nodes in 1 zone");
});

test("the record is plain data, and in order nothing is worse than at once", () => {
  fc.assert(
    fc.property(
      some,
      fc.constantFrom<TransitionGoal>("Cluster", "Local", "instance", "ip"),
      fc.constantFrom<readonly [Service, Front]>(
        [service, front],
        [service, byHand(clusterFront())],
        [LOCAL, localFront()],
        [LOCAL, byHand(localFront())],
        [service, byHand(ipFront())],
      ),
      fc.boolean(),
      ({ nodes, pods }, to, [of, stands], crossZone) => {
        const attributes = { "load_balancing.cross_zone.enabled": byDefault(crossZone, at) };
        const way = only(scene(pods, nodes, of, { ...stands, attributes }), to);
        expect(JSON.parse(JSON.stringify(way))).toEqual(way);
        expect(way.inOrder.fullLossSeconds.worst).toBeLessThanOrEqual(
          way.atOnce.fullLossSeconds.worst + 1e-9,
        );
        expect(way.inOrder.resets.worst).toBeLessThanOrEqual(way.atOnce.resets.worst + 1e-9);
        const sum = way.atOnce.steps.reduce((all, step) => all + step.fullLossSeconds.mean, 0);
        expect(way.atOnce.fullLossSeconds.mean).toBeCloseTo(sum, 9);
      },
    ),
    { numRuns: 60 },
  );
});
