import { readKubernetes } from "@evenkeel/adapters";
import { unknownAt, type Exposure, type Missing } from "@evenkeel/core/model";
import { nlbService } from "../aws/examples";
import { loadBalancerInInput } from "./load-balancer-in-input";

const bare = { scheme: null, "nlb-target-type": null };

function exposureOf(annotations: object, spec: object): Exposure {
  const object = nlbService({ ...annotations }, { ...spec });
  const [exposure] = readKubernetes([{ object }]).exposures;
  if (!exposure) throw new Error("no exposure");
  return exposure;
}

const outcomesOf = (exposure: Exposure) => [...loadBalancerInInput.check(exposure, {})];

test.each<[string, object, object, string]>([
  ["a class of AWS", bare, {}, "ok"],
  ["a class that another stack serves", bare, { loadBalancerClass: "evenkeel.io/unmanaged" }, "notJoined"],
  ["annotations of AWS without a class", {}, { loadBalancerClass: undefined }, "notJoined"],
  ["annotations of AWS with a foreign class", {}, { loadBalancerClass: "acme.example/lb" }, "notApplicable"],
  ["a class that is not known yet", bare, { loadBalancerClass: unknownAt("x") }, "notJoined"],
  ["neither class nor annotation", bare, { loadBalancerClass: undefined }, "notApplicable"],
  ["a foreign class", bare, { loadBalancerClass: "example.com/lb" }, "notApplicable"],
  ["annotations on a ClusterIP", {}, { loadBalancerClass: undefined, type: "ClusterIP" }, "notApplicable"],
])("%s", (_, annotations, spec, verdict) => {
  expect(outcomesOf(exposureOf(annotations, spec)).map((one) => one.verdict)).toEqual([verdict]);
});

test("ports that have nothing in front share one finding", () => {
  const of = (port: string): Missing => ({
    what: "front",
    detail: `port ${port} has none`,
    how: "take it out",
  });
  const exposure = { ...exposureOf({}, {}), missing: [of("a"), of("b")] };
  expect(outcomesOf(exposure)).toMatchObject([
    {
      verdict: "notJoined",
      missing: { detail: "port a has none; port b has none", how: ["take it out", "take it out"] },
    },
  ]);
});
