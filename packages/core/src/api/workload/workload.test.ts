import { spoiled, writtenWorkload } from "@evenkeel/test-generators";
import fc from "fast-check";
import { unknownAt } from "../../model";
import { judgeWorkload, validateWorkload } from ".";

type Fields = Readonly<Record<string, unknown>>;

const container = { name: "web", image: "web:1" };

function workload(pod: Fields = {}, spec: Fields = {}, kind = "Deployment") {
  const labels = { app: "web" };
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "web", namespace: "shop" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...pod } },
      ...spec,
    },
  };
}

function texts(written: object, kubernetesVersion?: string): readonly string[] | undefined {
  return validateWorkload(written, kubernetesVersion === undefined ? {} : { kubernetesVersion })?.errors.map(
    ({ text }) => text,
  );
}

const POD = "spec.template.spec";
const spread = { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" };

/** Rows of what the API server refuses, with its line as 1.36 prints it. */
test.each<[string, object, string]>([
  [
    "a request above its limit",
    workload({ containers: [{ ...container, resources: { requests: { cpu: "1.5" }, limits: { cpu: 1 } } }] }),
    `${POD}.containers[0].resources.requests: Invalid value: "1500m": must be less than or equal to cpu limit of 1`,
  ],
  [
    "a negative amount",
    workload({ containers: [{ ...container, resources: { requests: { memory: "-1Gi" } } }] }),
    `${POD}.containers[0].resources.requests[memory]: Invalid value: "-1Gi": must be greater than or equal to 0`,
  ],
  [
    "half a device",
    workload({ containers: [{ ...container, resources: { limits: { "example.com/gpu": "500m" } } }] }),
    `${POD}.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer`,
  ],
  [
    "a selector that misses the labels",
    workload({}, { selector: { matchLabels: { app: "api" } } }),
    'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
  ],
  [
    "an empty selector",
    workload({}, { selector: {} }),
    "spec.selector: Invalid value: {}: empty selector is invalid for deployment",
  ],
  [
    "a rollout that can never begin",
    workload({}, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }),
    'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
  ],
  [
    "minDomains beside ScheduleAnyway",
    workload({ topologySpreadConstraints: [{ ...spread, minDomains: 2 }] }),
    `${POD}.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway`,
  ],
  [
    "one constraint twice",
    workload({ topologySpreadConstraints: [spread, spread] }),
    `${POD}.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, ScheduleAnyway}"`,
  ],
  [
    "a toleration with a value that Exists does not take",
    workload({ tolerations: [{ key: "spot", operator: "Exists", value: "yes" }] }),
    `${POD}.tolerations[0].operator: Invalid value: "yes": value must be empty when \`operator\` is 'Exists'`,
  ],
  [
    "a preStop sleep that outlasts the pod",
    workload({ containers: [{ ...container, lifecycle: { preStop: { sleep: { seconds: 60 } } } }] }),
    `${POD}.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)`,
  ],
  [
    "a quantity that is none ends the reading",
    workload({ containers: [{ ...container, resources: { requests: { memory: "512MB" } } }] }),
    "Deployment in version \"v1\" cannot be handled as a Deployment: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  [
    "text where a number is wanted",
    workload({}, { replicas: "3" }),
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
  ],
  [
    "a DaemonSet that does both at once",
    workload({}, { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }, "DaemonSet"),
    "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero",
  ],
])("refused: %s", (_name, written, text) => {
  expect(texts(written)).toEqual([text]);
});

test("without a selector, what Kubernetes says of both", () => {
  expect(texts(workload({}, { selector: undefined }))).toEqual([
    "spec.selector: Required value",
    'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
  ]);
});

test.each([
  ["1.30", workload({ resources: { requests: { cpu: "-1" } } }), []],
  ["1.31", workload({ resources: { requests: { cpu: "1 core" } } }), []],
  [
    "1.32",
    workload({ resources: { requests: { cpu: "1 core" } } }),
    [expect.stringContaining("cannot be handled as a Deployment: quantities must match")],
  ],
  [
    "1.32",
    workload({ containers: [{ ...container, lifecycle: { preStop: { sleep: { seconds: 0 } } } }] }),
    [
      `${POD}.containers[0].lifecycle.preStop.sleep: Invalid value: 0: must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.`,
    ],
  ],
  [
    "1.33",
    workload({ containers: [{ ...container, restartPolicy: "Never" }] }),
    [`${POD}.containers[0].restartPolicy: Forbidden: may not be set for non-init containers`],
  ],
  ["1.34", workload({ containers: [{ ...container, restartPolicy: "Never" }] }), []],
  ["1.33", workload({ tolerations: [{ operator: "Maybe" }] }, {}, "StatefulSet"), []],
  [
    "1.33",
    workload({}, { selector: { matchLabels: { app: "api" } } }),
    [
      'spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`',
    ],
  ],
])("%s answers as its sources have it", (version, written, wanted) => {
  expect(texts(written, version)).toEqual(wanted);
});

test("what is not known yet is undecided, and an image that is not known is some image", () => {
  const open = workload({
    containers: [
      { name: "web", image: unknownAt("image"), resources: { requests: { cpu: unknownAt("cpu") } } },
    ],
    topologySpreadConstraints: [{ ...spread, maxSkew: 0 }],
  });
  const answer = validateWorkload(open);
  expect(answer?.errors.map(({ path }) => path)).toEqual([`${POD}.topologySpreadConstraints[0].maxSkew`]);
  expect(answer?.undecided.map(({ unknown }) => unknown.path)).toEqual(["cpu"]);
});

test.each(["Deployment", "StatefulSet", "DaemonSet"])(
  "a %s of which nothing but the kind is known breaks no law",
  (kind) => {
    const unknownParts: readonly object[] = [
      { spec: unknownAt("spec") },
      {
        spec: {
          selector: unknownAt("selector"),
          template: unknownAt("template"),
          strategy: unknownAt("strategy"),
        },
      },
      { spec: { selector: unknownAt("selector"), template: { spec: unknownAt("spec") } } },
    ];
    for (const parts of unknownParts) {
      const object = { apiVersion: "apps/v1", kind, metadata: { name: "web" }, ...parts };
      expect(validateWorkload(object)?.errors).toEqual([]);
    }
  },
);

test("facts have no index and no name of a resource", () => {
  const bad = workload({ containers: [{ ...container, resources: { limits: { cpu: "-1" } } }] });
  expect(validateWorkload(bad)?.errors.map(({ fact }) => fact)).toEqual([
    `K8S:${POD}.containers[i].resources.limits[name]`,
  ]);
});

test("objects of other kinds are not judged", () => {
  expect(validateWorkload({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" })).toBeUndefined();
  expect(validateWorkload(undefined)).toBeUndefined();
  expect(judgeWorkload({ apiVersion: "apps/v1", kind: "ControllerRevision" }, ["1.36"])).toEqual([]);
});

test("several versions at once are what each says by itself", () => {
  const versions = ["1.36", "1.33", "1.30"];
  fc.assert(
    fc.property(writtenWorkload, (written) => {
      const alone = versions.map((kubernetesVersion) => validateWorkload(written, { kubernetesVersion }));
      expect(judgeWorkload(written, versions)).toEqual(
        alone.map((answer) => ({
          version: answer?.version,
          errors: answer?.errors,
          undecided: answer?.undecided,
        })),
      );
    }),
    { numRuns: 300 },
  );
});

test("never throws, whatever stands anywhere", () => {
  fc.assert(
    fc.property(
      writtenWorkload.chain((written) => spoiled(written)),
      (written) => {
        if (typeof written !== "object" || written === null) return;
        validateWorkload({ ...written, apiVersion: "apps/v1", kind: "Deployment" });
      },
    ),
    { numRuns: 2000 },
  );
});
