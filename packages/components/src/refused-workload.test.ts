import { RunError } from "@pulumi/pulumi";
import { NlbInstanceService } from "./nlb-instance-service";
import { instanceArgs, workload } from "../testing/nlb-args";
import { registered } from "../testing/registered";

test("a workload that the API server would refuse is refused before anything is registered, in its words", async () => {
  const [constraint] = workload.spec.topologySpreadConstraints;
  const spec = { ...workload.spec, topologySpreadConstraints: [{ ...constraint!, maxSkew: 0 }] };
  let thrown: unknown;
  const resources = await registered(() => {
    try {
      new NlbInstanceService("web", { ...instanceArgs, workload: { ...workload, spec } });
    } catch (error) {
      thrown = error;
    }
  });
  expect(resources).toEqual([]);
  expect(thrown).toBeInstanceOf(RunError);
  expect(String(thrown)).toContain(
    "workload-accepted-by-api-server Deployment web spec.template.spec.topologySpreadConstraints[0].maxSkew: 0; wanted must be greater than zero; the API server answers: spec.template.spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
  );
});
