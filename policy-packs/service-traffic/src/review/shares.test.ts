import { Shares } from "./shares";
import { StatementList, type Statements } from "./statement";

function saying(...entries: readonly (readonly [policy: string, text: string])[]): Statements {
  const list = new StatementList();
  for (const [policy, text] of entries) list.add(policy, { text });
  return list.statements;
}

function never(): Statements {
  throw new Error("evaluated again");
}

test("one evaluation serves all policies of a request", () => {
  const shares = new Shares();
  expect(shares.take("first", "urn", () => saying(["second", "wrong"], ["second", "very wrong"]))).toEqual(
    [],
  );
  expect(shares.take("second", "urn", never)).toEqual([{ text: "wrong" }, { text: "very wrong" }]);
  expect(shares.take("third", "urn", never)).toEqual([]);
});

test("a policy that asks again asks about a new request", () => {
  const shares = new Shares();
  shares.take("first", "urn", () => saying(["second", "old"]));
  shares.take("second", "urn", never);
  shares.take("first", "urn", () => saying(["second", "new"]));
  expect(shares.take("second", "urn", never)).toEqual([{ text: "new" }]);
});

test("requests that mingle keep their shares apart", () => {
  const shares = new Shares();
  shares.take("first", "a", () => saying(["second", "of a"]));
  shares.take("first", "b", () => saying(["second", "of b"]));
  expect(shares.take("second", "a", never)).toEqual([{ text: "of a" }]);
  expect(shares.isWaitingFor("second")).toBe(true);
  expect(shares.take("second", "b", never)).toEqual([{ text: "of b" }]);
  expect(shares.isWaitingFor("second")).toBe(false);
});

test("a share that nobody took waits no longer once the request came again", () => {
  const shares = new Shares();
  shares.take("first", "urn", () => saying(["second", "old"]));
  shares.take("first", "urn", () => saying());
  expect(shares.isWaitingFor("second")).toBe(false);
});

test("what was evaluated and not taken can be forgotten", () => {
  const shares = new Shares();
  shares.take("first", "urn", () => saying(["second", "old"]));
  shares.clear();
  expect(shares.isWaitingFor("second")).toBe(false);
  expect(shares.take("second", "urn", () => saying())).toEqual([]);
});
