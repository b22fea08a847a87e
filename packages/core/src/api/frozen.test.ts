import { validate } from "../../../../test/oracle/src/operations/validate";
import { validateUpdate } from "../../../../test/oracle/src/operations/validate-update";
import { validateWorkload } from "../../../../test/oracle/src/operations/validate-workload";
import { replay } from "../../../../test/oracle/src/replay";

// What the API server's own registry answered; `npm run compare -w test/oracle` asks it anew.
describe.each([undefined, "1.36"])("release %s", (release) => {
  test.each([validate, validateUpdate, validateWorkload])(
    "$name: ours is what Kubernetes answered",
    (operation) => {
      const { cases, disagreements } = replay(operation, release);
      expect(cases).toBeGreaterThanOrEqual(release === undefined ? 500 : 150);
      expect(disagreements).toEqual([]);
    },
  );
});
