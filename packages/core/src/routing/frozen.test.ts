import { categorize } from "../../../../test/oracle/src/operations/categorize";
import { endpoints } from "../../../../test/oracle/src/operations/endpoints";
import { flow } from "../../../../test/oracle/src/operations/flow";
import { hints } from "../../../../test/oracle/src/operations/hints";
import { topoauto } from "../../../../test/oracle/src/operations/topoauto";
import { replay } from "../../../../test/oracle/src/replay";

// What kube-proxy and the EndpointSlice controller answered; `npm run compare -w test/oracle` asks them anew.
test.each([categorize, hints, topoauto, endpoints, flow])(
  "$name: ours is what Kubernetes answered",
  (operation) => {
    const { cases, disagreements } = replay(operation);
    expect(cases).toBeGreaterThanOrEqual(500);
    expect(disagreements).toEqual([]);
  },
);
