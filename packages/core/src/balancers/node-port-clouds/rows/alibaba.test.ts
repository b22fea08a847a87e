import { balancerOf } from "../../registry";
import { checkText, cloudService, frontOf, outcomeOf } from "../row.fixture";

// cloud-provider-alibaba-cloud pkg/controller/service/clbv1/vgroups.go:563-567, 960-1000 @eeb0ddc6.

const KEY = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
const here = { [`${KEY}spec`]: "slb.s1.small" };
const service = cloudService(here);
const local = cloudService(here, { externalTrafficPolicy: "Local" });

test("Local: only nodes with pods are targets, and each gets as much as it has pods", () => {
  const outcome = outcomeOf(local, 15, 10);
  expect(outcome).toMatchObject({ dropped: { mean: 0 }, hottest: { worst: 1 } });
  expect(outcome.targets).toEqual(outcome.nodesServing);
});

test("Cluster: every node is a target, and all weigh the same", () => {
  expect(outcomeOf(service, 15, 10)).toMatchObject({ dropped: { mean: 0 }, targets: { mean: 10 } });
});

test("the weights are those of the placement that is asked about", () => {
  const front = frontOf(local);
  const weigh = balancerOf(front)?.weigh([{}, {}, {}], front, local);
  expect(weigh?.([0, 1], [2, 1, 0])).toEqual([{ probability: 1, fractions: [2 / 3, 1 / 3, 0] }]);
  expect(weigh?.([], [0, 0, 0])).toEqual([{ probability: 1, fractions: [0, 0, 0] }]);
});

test("the times of the check are the cloud's own, unless they are written", () => {
  expect(checkText(frontOf(service))).toBe("TCP on traffic-port, unknown s x unknown");
  const written = { [`${KEY}health-check-interval`]: "3", [`${KEY}unhealthy-threshold`]: "2" };
  expect(checkText(frontOf(cloudService(written)))).toBe("TCP on traffic-port, 3 s x 2");
});

test("of pods as targets nothing is modelled", () => {
  const front = frontOf(cloudService({ "service.beta.kubernetes.io/backend-type": "eni" }));
  expect([front.targets.value, balancerOf(front)]).toEqual(["pod", undefined]);
});
