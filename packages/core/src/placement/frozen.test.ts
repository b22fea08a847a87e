import { schedule, score } from "../../../../test/oracle/src/operations/placement";
import { victims } from "../../../../test/oracle/src/operations/victims";
import { replay } from "../../../../test/oracle/src/replay";

// What kube-scheduler and the ReplicaSet controller answered; `npm run compare -w test/oracle` asks them anew.
test.each([
  [score, undefined],
  [schedule, undefined],
  [victims, undefined],
  [score, "1.36"],
  [schedule, "1.36"],
])("$0.name, release $1: ours is what Kubernetes answered", (operation, release) => {
  const { cases, disagreements } = replay(operation, release);
  expect(cases).toBeGreaterThanOrEqual(150);
  expect(disagreements).toEqual([]);
});
