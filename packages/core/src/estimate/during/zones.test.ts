import { lessStale, withStaleZones } from "./zones";

const on = (at: number, ...zones: readonly string[]) => ({ at, entrance: zones });
const set = (zones: readonly string[]) => new Set<string | undefined>(zones);

describe("zones that clients still know, for 60 s", () => {
  test.each<[string, readonly ReturnType<typeof on>[], readonly (readonly [number, number])[]]>([
    ["nothing changes", [on(-1, "a", "b")], [[-1, 0]]],
    [
      "a zone is left: a third of three, until it is forgotten",
      [on(-1, "a", "b", "c"), on(10, "a", "b")],
      [
        [-1, 0],
        [10, 1 / 3],
        [70, 0],
      ],
    ],
    [
      "it is sent to again before",
      [on(-1, "a", "b"), on(0, "a"), on(30, "a", "b")],
      [
        [-1, 0],
        [0, 1 / 2],
        [30, 0],
      ],
    ],
    [
      "two zones are left one after the other",
      [on(-1, "a", "b", "c"), on(0, "a", "b"), on(20, "a")],
      [
        [-1, 0],
        [0, 1 / 3],
        [20, 2 / 3],
        [60, 1 / 2],
        [80, 0],
      ],
    ],
    [
      "the last zone is left: everything goes nowhere, then there is nowhere to go",
      [on(-1, "a"), on(5)],
      [
        [-1, 0],
        [5, 1],
        [65, 0],
      ],
    ],
    [
      "a new zone was never forgotten",
      [on(-1, "a"), on(5, "a", "b")],
      [
        [-1, 0],
        [5, 0],
      ],
    ],
  ])("%s", (_, watched, stale) => {
    expect(withStaleZones(watched, set, 60).map((one) => [one.at, one.stale])).toEqual(stale);
  });

  it("are none where zones make no difference", () => {
    expect(withStaleZones([on(-1, "a", "b"), on(0, "a")], set, 0).map(({ stale }) => stale)).toEqual([0, 0]);
  });
});

test("what goes to such a zone is dropped, and the rest is what it was", () => {
  const flow = { dropped: 0.5, most: 0.2, receivers: 4, nodesServing: 2 };
  expect(lessStale(flow, 0)).toEqual(flow);
  expect(lessStale(flow, 0.5)).toEqual({ ...flow, dropped: 0.75, most: 0.1 });
  expect(lessStale(flow, 1)).toMatchObject({ dropped: 1, most: 0 });
});
