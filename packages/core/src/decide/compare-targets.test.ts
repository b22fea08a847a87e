import { BALANCERS, balancerOf } from "../balancers";
import { byDefault, given, type Front } from "../model";
import { compareTargets } from ".";
import { at, exposure, front, service } from "./scene.fixture";

const kinds = (...args: Parameters<typeof compareTargets>) =>
  compareTargets(...args)?.alternatives.map(({ balancer }) => balancer);

describe("every balancer that is known", () => {
  const pairs = BALANCERS.flatMap((one) => BALANCERS.map((other) => [one, other] as const));

  test.each(pairs.map(([one, other]) => [one.kind, other.kind, one, other] as const))(
    "%s can stand in the place of %s",
    (_one, _other, one, other) => {
      const standing = other.inPlaceOf(front);
      const instead = one.inPlaceOf(standing);
      expect(balancerOf(instead)).toBe(one);
      const { servicePort, listener, resource } = standing;
      expect(instead).toMatchObject({ servicePort, resource });
      expect(instead.listener).toEqual(listener);
      expect(instead.healthCheck === undefined).toBe(one.healthCheckFor(service) === undefined);
      // There and back again loses only what the other cannot have.
      expect(one.inPlaceOf(instead)).toEqual(instead);
    },
  );

  test.each(["metallb-l2", "metallb-bgp"])(
    "%s passes packets on as they are, whatever was in its place",
    (kind) => {
      const one = BALANCERS.find((balancer) => balancer.kind === kind);
      const { preservesClientAddress, proxyProtocol } =
        one?.inPlaceOf({ ...front, proxyProtocol: given("v2", at) }) ?? {};
      expect([preservesClientAddress?.value, proxyProtocol?.value]).toEqual([true, "off"]);
    },
  );

  const configurable = BALANCERS.filter((one) => one.healthCheckFor(service) !== undefined);
  test.each(configurable.map((one) => [one.kind, one] as const))("%s keeps what somebody wrote", (_, one) => {
    const written: Front = {
      ...front,
      preservesClientAddress: given(false, at),
      proxyProtocol: given("v2", at),
    };
    const { preservesClientAddress, proxyProtocol } = one.inPlaceOf(written);
    expect([preservesClientAddress, proxyProtocol]).toEqual([given(false, at), given("v2", at)]);
  });
});

test("each is reported in numbers; with pods as targets no policy has an effect", () => {
  const reported = compareTargets(exposure(15, 10))?.alternatives.map((one) => [
    one.balancer,
    one.sendsTo,
    one.results.sentence,
  ]);
  expect(reported).toEqual(
    expect.arrayContaining([
      ["nlb-ip", "pods", expect.stringMatching(/^the hottest pod gets 1\.00 .*the load balancer's address$/)],
      ["nlb-instance", "nodes", expect.stringMatching(/^the hottest pod gets 1\.50 .*the client's address$/)],
    ]),
  );
});

test("nodes or pods: the other targets of the same balancer, and why", () => {
  const comparison = compareTargets(exposure(19, 10), { requirements: { clientAddress: "required" } });
  expect(comparison?.alternatives.map(({ balancer }) => balancer).sort()).toEqual(["nlb-instance", "nlb-ip"]);
  expect(comparison?.why[0]?.sentence).toMatch(/is preferred to AWS NLB with/);
});

test("this balancer or that one: whoever is asked for, beside the one that is there", () => {
  expect(kinds(exposure(10, 10), { among: ["haproxy"] })?.sort()).toEqual(["haproxy", "nlb-instance"]);
  const proxied = { ...front, balancer: "haproxy", targets: byDefault("node" as const, at) };
  const scene = exposure(10, 10, { fronts: [proxied] });
  expect(kinds(scene)).toBeUndefined();
  expect(kinds(scene, { among: BALANCERS.map(({ kind }) => kind) })).toHaveLength(BALANCERS.length);
});

test("pods as targets before nodes that would be uneven, with nothing else that sets them apart", () => {
  // Nineteen pods on ten nodes: under Cluster all is even but every second connection takes a hop, to pods none does.
  const comparison = compareTargets(exposure(19, 10), { requirements: { clientAddress: "ignored" } });
  expect(comparison?.alternatives[0]?.balancer).toBe("nlb-ip");
  expect(comparison?.why[0]?.sentence).toMatch(
    /^AWS NLB with IP targets is preferred to AWS NLB with instance targets: 0 % of connections take an extra hop/,
  );
});

test("without a balancer that is known there is nothing to compare", () => {
  expect(kinds(exposure(10, 10, { fronts: [] }))).toBeUndefined();
  expect(
    kinds(exposure(10, 10, { fronts: [{ ...front, balancer: "other" }] }), { among: ["nlb-ip"] }),
  ).toBeUndefined();
});
