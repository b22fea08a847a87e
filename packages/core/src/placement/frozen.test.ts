import { schedule, score } from "../../../../test/oracle/src/operations/placement";
import { replay } from "../../../../test/oracle/src/replay";

describe.each([score, schedule])("the scheduler's own answers: $name", (operation) => {
  const { cases, disagreements } = replay(operation);

  it("are enough to mean something", () => expect(cases).toBeGreaterThanOrEqual(150));

  it("are ours as well", () => expect(disagreements).toEqual([]));
});
