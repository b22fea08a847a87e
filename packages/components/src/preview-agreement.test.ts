import { readPulumi } from "@evenkeel/adapters";
import { isUnknown } from "@evenkeel/core/model";
import type { PreviewResult } from "@evenkeel/offline";
import { previewResources } from "../../cli/src/input/preview-resources";
import { previewProgram } from "../testing/program";

// What a component chose while the program ran, and what is read of the preview of that program.
jest.setTimeout(120_000);

let result: PreviewResult;
beforeAll(async () => {
  result = await previewProgram(`
    import { DaemonSet, Deployment, StatefulSet } from "@pulumi/kubernetes/apps/v1";
    const object = (name: string, more: object = {}) => {
      const labels = { app: name };
      const spec = JSON.parse(JSON.stringify(workload.spec).replaceAll('"web"', JSON.stringify(name)));
      return { metadata: { name }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec }, ...more } };
    };
    const deployment = new Deployment("deployment", object("deployment", { replicas: 6 }));
    const statefulSet = new StatefulSet("stateful-set", object("stateful-set", { replicas: 6, serviceName: "x" }));
    const daemonSet = new DaemonSet("daemon-set", object("daemon-set"));
    const late = pulumi.output(pulumi.unknown);
    const unready = new Deployment("unready", object("unready", { replicas: late }));
    const given = { ...instanceArgs, workload: undefined };
    const components = {
      "record": new NlbInstanceService("record", instanceArgs),
      "of-deployment": new NlbInstanceService("of-deployment", { ...given, deployment }),
      "of-stateful-set": new NlbInstanceService("of-stateful-set", { ...given, statefulSet }),
      "of-daemon-set": new NlbInstanceService("of-daemon-set", { ...given, daemonSet }),
      "internal": new InternalService("internal", { ...internalArgs, workload: undefined, daemonSet }),
      "unready": new NlbInstanceService("unready", { ...given, deployment: unready }),
    };
    module.exports = Object.fromEntries(Object.entries(components).map(([name, { decision }]) => [name, decision]));
  `);
});

test.each([
  ["record", "Local"],
  ["of-deployment", "Local"],
  ["of-stateful-set", "Local"],
  ["of-daemon-set", "Local"],
])("%s: the preview has the policy that the component chose", (name, policy) => {
  expect(result.outputs[name]).toMatchObject({ externalTrafficPolicy: policy });
  expect(exposureOf(name).service.externalTrafficPolicy).toBe(policy);
  expect(exposureOf(name).workloads).toHaveLength(1);
});

test("a component registers every output that its schema declares", () => {
  const outputsOf = (type: string, name: string): readonly string[] => {
    const found = result.resources.find((one) => one.type === `evenkeel:index:${type}` && one.name === name);
    return Object.keys(found?.outputs ?? {}).sort();
  };
  const nlb = ["decision", "estimate", "hostname", "loadBalancer", "service", "targetGroups"];
  expect(outputsOf("NlbInstanceService", "record")).toEqual(nlb);
  expect(outputsOf("InternalService", "internal")).toEqual(["decision", "estimate", "service"]);
});

test("the internal side is read as it was chosen", () => {
  expect(result.outputs["internal"]).toMatchObject({ internalTrafficPolicy: "Local" });
  expect(exposureOf("internal").service.internalTrafficPolicy).toBe("Local");
});

test("a workload that is not known yet leaves both undecided", () => {
  expect(result.outputs["unready"]).toMatchObject({ kind: "unknown" });
  expect(isUnknown(exposureOf("unready").service.externalTrafficPolicy)).toBe(true);
});

function exposureOf(name: string) {
  const { exposures } = readPulumi(previewResources(result));
  const found = exposures.find(({ service }) => service.ref.name === name);
  if (!found) throw new Error(`${name} is not read`);
  return found;
}
