import { front } from "../../decide/scene.fixture";
import { unknownAt } from "../../model";
import { lagging, lagOf, verdicts, type Change } from "./lag";

const up = (at: number): Change => ({ at, to: true });
const down = (at: number): Change => ({ at, to: false });

describe("a view that follows late: false after 20 s, true after 30", () => {
  test.each<[string, boolean, readonly Change[], readonly Change[]]>([
    ["nothing happens", true, [], []],
    ["it fails for good", true, [down(5)], [down(25)]],
    ["it fails and is back before anybody notices", true, [down(5), up(24)], []],
    [
      "back at the very moment that it is noticed: noticed, and back later",
      true,
      [down(5), up(25)],
      [down(25), up(55)],
    ],
    ["away for longer", true, [down(0), up(40)], [down(20), up(70)]],
    ["it passes for good", false, [up(10)], [up(40)]],
    ["it passes for too short a time", false, [up(10), down(39)], []],
    ["every failure counts from its own beginning", true, [down(0), up(19), down(20), up(39)], []],
    ["told the same again, nothing begins anew", true, [down(0), down(15)], [down(20)]],
  ])("%s", (_, start, changes, followed) => {
    expect(lagging(changes, start, () => ({ detection: 20, recovery: 30 }))).toEqual(followed);
  });

  it("takes the delay that holds when the change comes", () => {
    const delay = (at: number) => ({ detection: at < 10 ? 100 : 20, recovery: 30 });
    expect(lagging([down(5), up(30), down(40)], true, delay)).toEqual([down(60)]);
  });

  it("follows at once without a delay", () => {
    const changes = [down(1), up(2), down(3)];
    expect(lagging(changes, true, () => ({ detection: 0, recovery: 0 }))).toEqual(changes);
  });
});

describe("what a balancer comes to think of a new target: bad after 20 s, good after 30", () => {
  test.each<[string, readonly Change[], readonly Change[]]>([
    ["it passes from the first", [up(0)], [up(30)]],
    ["it never passes", [down(0)], [down(20)]],
    ["it passes late", [down(0), up(50)], [down(20), up(80)]],
    ["it passes before anybody has an opinion", [down(0), up(10)], [up(40)]],
    ["it changes its mind faster than anybody checks", [up(0), down(25), up(40)], [up(70)]],
  ])("%s", (_, answers, verdict) => {
    expect(verdicts(answers, () => ({ detection: 20, recovery: 30 }))).toEqual(verdict);
  });
});

describe("the delay of a front", () => {
  it("is as many checks as it takes", () => {
    expect(lagOf(front)).toMatchObject({ detection: 30, recovery: 30, deregistration: 120 });
  });

  it("is none, and reported, where the check or its timing is not known", () => {
    const { healthCheck } = front;
    const intervalSeconds = { ...healthCheck!.intervalSeconds, value: unknownAt("healthCheck.interval") };
    const unclear = lagOf({ ...front, healthCheck: { ...healthCheck!, intervalSeconds } });
    expect(unclear).toMatchObject({ detection: 0, recovery: 0 });
    expect(unclear.assumptions.map(({ code }) => code)).toEqual(["check-timing-unknown"]);
    expect(lagOf(undefined)).toMatchObject({ detection: 0, recovery: 0 });
    expect(lagOf({ ...front, healthCheck: undefined }).assumptions).toMatchObject([
      { code: "no-check-known" },
    ]);
  });
});
