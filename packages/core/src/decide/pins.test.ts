import { decide } from "@evenkeel/test-generators";
import fc from "fast-check";
import { TRAFFIC_DISTRIBUTIONS, TRAFFIC_POLICIES } from "../model";
import { decideInternal, NO_PINS, pinFor, readPins, withPinned } from ".";
import { exposure, service } from "./scene.fixture";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const key = fc.tuple(name, name).map((parts) => parts.join("/"));
const policy = fc.constantFrom(...TRAFFIC_POLICIES);
const trafficDistribution = fc.constantFrom(null, ...TRAFFIC_DISTRIBUTIONS);
const pins = fc.record(
  {
    version: fc.constant(1 as const),
    choices: fc.dictionary(key, fc.record({ externalTrafficPolicy: policy, trafficDistribution })),
    internal: fc.dictionary(key, fc.record({ internalTrafficPolicy: policy, trafficDistribution })),
  },
  { requiredKeys: ["version", "choices"] },
);

test("what is written is read back", () => {
  fc.assert(
    fc.property(pins, (written) => {
      expect(readPins(JSON.parse(JSON.stringify(written)))).toEqual({ pins: written, problems: [] });
    }),
  );
});

test("whatever is there, reading it names problems rather than throws", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (written) => {
      const { problems } = readPins(written);
      for (const problem of problems) expect(problem).not.toMatch(/\n|\[object|undefined/);
    }),
  );
});

test("the first form of version 1, without the internal side, is read", () => {
  const choice = { externalTrafficPolicy: "Local", trafficDistribution: null } as const;
  const read = readPins({ version: 1, choices: { "shop/web": choice } });
  expect(read.problems).toEqual([]);
  expect(pinFor(read.pins, service, "external")).toEqual(choice);
  expect(pinFor(read.pins, service, "internal")).toBeUndefined();
});

test("decisions of both sides are kept under one name, and come back as candidates of the Service", () => {
  const scene = exposure(10, 10);
  const decisions = [...decide(scene), ...[decideInternal(scene)].filter((one) => one !== undefined)];
  const kept = withPinned(NO_PINS, decisions);
  expect(decisions.map(({ side }) => pinFor(kept, scene.service, side))).toEqual(
    decisions.map(({ chosen }) => chosen),
  );
  const again = decideInternal(scene, { pinned: pinFor(kept, scene.service, "internal") });
  expect(again?.pin).toMatchObject({ kept: true });
});

test("a Service that was not looked at keeps its choice", () => {
  const other = { "shop/other": { externalTrafficPolicy: "Local", trafficDistribution: null } } as const;
  const kept = withPinned({ version: 1, choices: other }, decide(exposure(10, 10)));
  expect(Object.keys(kept.choices)).toEqual(["shop/other", "shop/web"]);
  expect(kept.choices["shop/other"]).toEqual(other["shop/other"]);
});
