import { schedule, score } from "../../../../test/oracle/src/operations/placement";
import { victims } from "../../../../test/oracle/src/operations/victims";
import { replay } from "../../../../test/oracle/src/replay";

// What kube-scheduler and the ReplicaSet controller answered; `npm run compare -w test/oracle` asks them anew.
test.each([score, schedule, victims])("$name: ours is what Kubernetes answered", (operation) => {
  const { cases, disagreements } = replay(operation);
  expect(cases).toBeGreaterThanOrEqual(150);
  expect(disagreements).toEqual([]);
});
