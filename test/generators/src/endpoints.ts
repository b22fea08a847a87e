import type { Endpoint } from "@evenkeel/core";
import fc from "fast-check";

/** Names that endpoints, nodes and hints are drawn from: few, so that they meet. */
export interface Places {
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
}

export const PLACES: Places = { nodes: ["n1", "n2", "n3", "n4"], zones: ["za", "zb", "zc"] };

type Conditions = Pick<Endpoint, "ready" | "serving" | "terminating">;
type Hints = Endpoint["hints"];
/** Hints are all-or-nothing over a Service: a list is drawn with one habit, so that both sides of that rule are met. */
type HintHabit = "none" | "zone" | "zoneAndNode" | "anything";

/** The combinations that the controller writes, and now and then any other that the API allows. */
export const conditions: fc.Arbitrary<Conditions> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ ready: true, serving: true, terminating: false }) },
  { weight: 2, arbitrary: fc.constant({ ready: false, serving: false, terminating: false }) },
  { weight: 3, arbitrary: fc.constant({ ready: false, serving: true, terminating: true }) },
  { weight: 1, arbitrary: fc.constant({ ready: false, serving: false, terminating: true }) },
  // publishNotReadyAddresses: ready whatever the pod says.
  { weight: 1, arbitrary: fc.constant({ ready: true, serving: true, terminating: true }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ready: maybe(fc.boolean()),
      serving: maybe(fc.boolean()),
      terminating: maybe(fc.boolean()),
    }),
  },
);

/** No endpoint is ready: what is left to serve, if anything, terminates. */
const rolledOver: fc.Arbitrary<Conditions> = fc.record({
  ready: fc.constant(false),
  serving: maybe(fc.boolean()),
  terminating: fc.boolean(),
});

/** Endpoints of one Service port, each with an address of its own. */
export function endpointLists(
  family: "IPv4" | "IPv6" = "IPv4",
  places: Places = PLACES,
): fc.Arbitrary<Endpoint[]> {
  const habit = fc.constantFrom<HintHabit>("none", "zone", "zoneAndNode", "anything");
  const how = fc.oneof(
    { weight: 4, arbitrary: fc.constant(conditions) },
    { weight: 1, arbitrary: fc.constant(rolledOver) },
  );
  return fc
    .tuple(habit, how)
    .chain(([hints, state]) => fc.array(bareEndpoint(hints, state, places), { maxLength: 9 }))
    .map((bare) => bare.map((endpoint, index) => ({ ...endpoint, addresses: [addressOf(family, index)] })));
}

function bareEndpoint(habit: HintHabit, state: fc.Arbitrary<Conditions>, places: Places) {
  return fc
    .record({
      nodeName: fc.option(fc.constantFrom(...places.nodes), { nil: undefined, freq: 8 }),
      zone: fc.option(fc.constantFrom(...places.zones), { nil: undefined, freq: 12 }),
      state,
    })
    .chain(({ state: set, ...at }) =>
      hintsBy(habit, at, places).map((hints): Omit<Endpoint, "addresses"> => ({ ...at, ...set, hints })),
    );
}

function hintsBy(
  habit: HintHabit,
  at: Pick<Endpoint, "nodeName" | "zone">,
  { nodes, zones }: Places,
): fc.Arbitrary<Hints> {
  const ownZone = at.zone === undefined ? undefined : [at.zone];
  const ownNode = at.nodeName === undefined ? undefined : [at.nodeName];
  switch (habit) {
    case "none":
      return fc.constant(undefined);
    case "zone":
      return fc.constant(ownZone && { forZones: ownZone });
    case "zoneAndNode":
      return fc.constant(ownZone || ownNode ? { forZones: ownZone, forNodes: ownNode } : undefined);
    case "anything":
      return maybe(
        fc.record({
          forZones: maybe(fc.subarray([...zones, ""], { maxLength: 3 })),
          forNodes: maybe(fc.subarray([...nodes], { maxLength: 3 })),
        }),
      );
  }
}

function addressOf(family: "IPv4" | "IPv6", index: number): string {
  return family === "IPv4" ? `10.244.1.${index + 1}` : `fd00:244::${index + 1}`;
}

export function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 3 });
}
