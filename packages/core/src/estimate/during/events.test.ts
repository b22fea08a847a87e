import { HOSTNAME_LABEL, zoneOf } from "../../model";
import { describeEvent, eventsOn, moreNodes } from "./events";
import { nodesInZones } from "./during.fixture";

test.each([
  [{ kind: "rollout" }, "rollout"],
  [{ kind: "scale", replicas: 5 }, "scale to 5"],
  [{ kind: "drain", node: "n1", at: 30 }, "drain n1 at 30 s"],
  [{ kind: "loseNode", node: "n1" }, "lose n1"],
  [{ kind: "addNodes", nodes: nodesInZones(["a"]) }, "add 1 node"],
  [{ kind: "addNodes", nodes: nodesInZones(["a", "b"]) }, "add 2 nodes"],
] as const)("%j is told as %s", (event, told) => {
  expect(describeEvent(event).sentence).toBe(told);
});

test("an event that would begin before the one it follows is refused", () => {
  const on = { nodes: nodesInZones(["a"]) };
  const rollout = { kind: "rollout" } as const;
  expect(() => eventsOn(on, [{ ...rollout, at: 20 }, rollout, { ...rollout, at: 10 }])).toThrow(
    "events[2]: at 10 s, and the one before it at 20 s; wanted them in the order in which they happen",
  );
  expect(eventsOn(on, [rollout, { ...rollout, at: 5 }, { ...rollout, at: 5 }])).toHaveLength(3);
});

describe("more nodes", () => {
  it("come where there are fewest, under new names and with labels of their own", () => {
    const more = moreNodes({ nodes: nodesInZones(["a", "a", "b"]) }, 3);
    expect(more.map((node) => [node.name, zoneOf(node), node.labels[HOSTNAME_LABEL]])).toEqual([
      ["added-1", "b", "added-1"],
      ["added-2", "a", "added-2"],
      ["added-3", "b", "added-3"],
    ]);
  });

  it("avoid names that are taken, and nodes that are kept for others", () => {
    const [first, second] = nodesInZones(["a", "b"]);
    const kept = { ...second!, taints: [{ key: "dedicated", effect: "NoSchedule" as const }] };
    const [added] = moreNodes({ nodes: [{ ...first!, name: "added-1" }, kept] }, 1);
    expect(added).toMatchObject({ name: "added-2", taints: [] });
    expect(zoneOf(added!)).toBe("a");
  });

  it("are none where there is nothing to be like", () => {
    expect(moreNodes({ nodes: [] }, 2)).toEqual([]);
  });

  it("are counted on from event to event", () => {
    const events = eventsOn({ nodes: nodesInZones(["a", "b"]) }, [
      { kind: "addNodes", count: 1 },
      { kind: "rollout" },
      { kind: "addNodes", count: 2, at: 30 },
    ]);
    expect(events).toMatchObject([
      { kind: "addNodes", nodes: [{ name: "added-1" }] },
      { kind: "rollout" },
      { kind: "addNodes", nodes: [{ name: "added-2" }, { name: "added-3" }], at: 30 },
    ]);
  });
});
