import fc from "fast-check";
import { mostly } from "./mostly";
import { name, qualifiedName } from "./written-text";

/** A field of a workload, by its path, and what may stand there, right and wrong. */
export interface WrittenField {
  readonly path: string;
  readonly values: fc.Arbitrary<unknown>;
}

const count = fc.constantFrom(0, 1, 2, 3, 100, 101, -1, 2 ** 31 - 1, 2 ** 31);
const label = mostly(fc.constantFrom("app", "tier", "example.com/team"), qualifiedName, 3);
const labelValue = mostly(fc.constantFrom("web", "db", ""), name, 3);
const labels = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom({ app: "web" }, { app: "web", tier: "back" }, {}) },
  { weight: 2, arbitrary: fc.dictionary(label, labelValue, { maxKeys: 3 }) },
);
const operator = (...more: readonly string[]) =>
  fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist", ...more, "", "in", "<op>");
const values = fc.constantFrom<unknown>(
  undefined,
  [],
  ["web"],
  ["web", "db"],
  ["3"],
  ["no/value"],
  ["", "a b"],
  [null],
);
const requirement = (...more: readonly string[]) =>
  fc.record({ key: label, operator: operator(...more), values }, { requiredKeys: ["key", "operator"] });
const selector = fc.oneof(
  fc.record(
    { matchLabels: labels, matchExpressions: fc.array(requirement(), { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
  fc.constantFrom<unknown>(
    { matchLabels: { app: "web" } },
    {},
    null,
    { matchLabels: {} },
    { matchLabels: { app: "db" } },
  ),
);
const labelKeys = fc.array(fc.oneof(label, fc.constantFrom("pod-template-hash", "app", "")), {
  maxLength: 3,
});

const NUMBERS = ["0", "1", "5", "10", "100", "1000", "1024", "2048", "0.1", "0.5", "1.5", "01", ".5", "1.", "+1", "-1", "-0.5", "1000000", "123456789012345678", "9223372036854775807", "12345678901234567890"]; // prettier-ignore
const SUFFIXES = ["", "", "m", "n", "u", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E2", "e-4", "e0", "x", "mi", "e"]; // prettier-ignore
/** Up to what Go overflows alike on every processor. */
const quantity = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      "100m",
      "500m",
      "1",
      "2",
      1,
      0.5,
      "1Gi",
      "2Gi",
      "512Mi",
      "4Mi",
      "2Mi",
      "3Mi",
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...NUMBERS), fc.constantFrom(...SUFFIXES))
      .map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, "", " 1 ", "\t1", "1 Gi", true, -1, 1e-7, [], {}, 0),
  },
);
const RESOURCES = ["cpu", "memory", "ephemeral-storage", "example.com/gpu", "hugepages-2Mi", "hugepages-1Gi"];
const resource = mostly(
  fc.constantFrom(...RESOURCES),
  fc.oneof(
    fc.constantFrom(
      "pods",
      "storage",
      "requests.cpu",
      "hugepages-",
      "hugepages-x",
      "hugepages-1m",
      "requests.hugepages-2Mi",
      "CPU",
      "a",
      "kubernetes.io/x",
      "requests.example.com/x",
      "example.com/",
    ),
    qualifiedName,
  ),
  5,
);
const amounts = fc.dictionary(resource, quantity, { maxKeys: 3 });
const likely = fc.constantFrom<unknown>(
  "1",
  "500m",
  "1500m",
  "2",
  "1Gi",
  "1.5Gi",
  "2048Mi",
  "1e3",
  "2Mi",
  "4Mi",
  "0.9765625Ki",
  "-1",
);
const resources = fc.oneof(
  fc.record({ limits: amounts, requests: amounts }, { requiredKeys: [] }),
  // One resource on both sides.
  fc
    .tuple(
      fc.constantFrom(...RESOURCES),
      fc.oneof(likely, quantity),
      fc.oneof(likely, quantity),
      fc.constantFrom({}, { cpu: "1" }),
    )
    .map(([key, limit, request, more]) => ({
      limits: { [key]: limit, ...more },
      requests: { [key]: request },
    })),
);

const amountsOfCpu = fc.constantFrom("100m", "200m", "0.3", "1", "1Ki", "300m");
const amountsOfPages = fc.constantFrom("2Mi", "4Mi", "6Mi", "8Mi", undefined);
function withPages(cpu: string | undefined, pages: string | undefined) {
  return {
    requests: { cpu, "hugepages-2Mi": pages },
    limits: { cpu: "2Ki", "hugepages-2Mi": pages },
  };
}

const intOrPercent = fc.constantFrom<unknown>(
  0,
  1,
  2,
  -1,
  "0%",
  "00%",
  "25%",
  "100%",
  "101%",
  "5",
  "-5",
  "x",
  "",
  "%",
  "1.5%",
  1.5,
  null,
  2 ** 31,
);
const rollingUpdate = fc.oneof(
  fc.record({ maxUnavailable: intOrPercent, maxSurge: intOrPercent }, { requiredKeys: [] }),
  fc.record({ partition: count, maxUnavailable: intOrPercent }, { requiredKeys: [] }),
  fc.constantFrom<unknown>({}, null),
);
const strategyType = fc.constantFrom("RollingUpdate", "Recreate", "OnDelete", "", "rolling", "<x>");
const strategy = fc.record({ type: strategyType, rollingUpdate }, { requiredKeys: [] });

const port = fc.record(
  {
    name: mostly(fc.constantFrom("http", "metrics"), name, 3),
    containerPort: fc.constantFrom(80, 8080, 0, -1, 65_535, 65_536, undefined),
    hostPort: fc.constantFrom(undefined, undefined, 80, 8080, 0, 65_536, -5),
    hostIP: fc.constantFrom(undefined, undefined, "127.0.0.1", "", "x"),
    protocol: fc.constantFrom(undefined, "TCP", "UDP", "SCTP", "", "tcp", "<P>"),
  },
  { requiredKeys: [] },
);
const ports = fc.array(port, { maxLength: 3 });
const hook = fc.constantFrom<unknown>(
  {},
  { exec: {} },
  { exec: { command: [] } },
  { exec: { command: ["sleep", "5"] } },
  { exec: { command: [] }, sleep: { seconds: 1 } },
  { sleep: {} },
  ...[0, 1, 30, 31, -1].map((seconds) => ({ sleep: { seconds } })),
  { sleep: { seconds: "1" } },
);
const lifecycle = fc.record({ preStop: hook, postStart: hook }, { requiredKeys: [] });
const restartPolicy = fc.constantFrom<unknown>("Always", "Never", "OnFailure", "", "always", null);
const probe = fc.constantFrom<unknown>({ exec: { command: ["true"] } }, { tcpSocket: { port: 80 } }, null);

const topologyKey = mostly(
  fc.constantFrom("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
  qualifiedName,
  3,
);
const affinityTerm = fc.record(
  {
    labelSelector: selector,
    namespaceSelector: selector,
    namespaces: fc.array(mostly(fc.constant("shop"), name, 2), { maxLength: 2 }),
    topologyKey,
    matchLabelKeys: labelKeys,
    mismatchLabelKeys: labelKeys,
  },
  { requiredKeys: [] },
);
const nodeTerm = fc.record(
  {
    matchExpressions: fc.array(requirement("Gt", "Lt"), { maxLength: 2 }),
    matchFields: fc.array(
      fc.record(
        {
          key: fc.constantFrom("metadata.name", "metadata.name", "metadata.namespace", ""),
          operator: operator("Gt"),
          values: fc.oneof(values, fc.constantFrom<unknown>(["n1"], ["N1"], ["n1", "n2"])),
        },
        { requiredKeys: ["key", "operator"] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const podAffinity = fc.record(
  {
    [REQUIRED]: fc.array(affinityTerm, { maxLength: 2 }),
    [PREFERRED]: fc.array(fc.record({ weight: count, podAffinityTerm: affinityTerm }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
const nodeAffinity = fc.record(
  {
    [REQUIRED]: fc.record({ nodeSelectorTerms: fc.array(nodeTerm, { maxLength: 2 }) }, { requiredKeys: [] }),
    [PREFERRED]: fc.array(fc.record({ weight: count, preference: nodeTerm }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
const policy = fc.constantFrom<unknown>("Honor", "Ignore", "", "honor", null);
const spread = fc.record(
  {
    maxSkew: fc.constantFrom(1, 2, 0, -1),
    topologyKey: mostly(
      fc.constantFrom("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
      fc.constantFrom("", "Bad Key/", "<k>"),
      3,
    ),
    whenUnsatisfiable: fc.constantFrom("DoNotSchedule", "DoNotSchedule", "ScheduleAnyway", "", "doNot"),
    labelSelector: selector,
    minDomains: fc.constantFrom<unknown>(1, 2, 0, -1, null),
    nodeAffinityPolicy: policy,
    nodeTaintsPolicy: policy,
    matchLabelKeys: labelKeys,
  },
  { requiredKeys: ["topologyKey", "whenUnsatisfiable"] },
);
const toleration = fc.record(
  {
    key: mostly(fc.constantFrom("dedicated", "spot", ""), qualifiedName, 3),
    operator: fc.constantFrom("Equal", "Exists", "Lt", "Gt", "", "equal"),
    value: fc.oneof(fc.constantFrom("batch", "", `-${"a".repeat(63)}`), name),
    effect: fc.constantFrom("NoSchedule", "PreferNoSchedule", "NoExecute", "", "noschedule"),
    tolerationSeconds: fc.constantFrom<unknown>(0, 30, -1, null),
  },
  { requiredKeys: [] },
);

const field = (path: string, of: fc.Arbitrary<unknown>): WrittenField => ({ path, values: of });
const POD = "spec.template.spec";

function containerFields(path: string): readonly WrittenField[] {
  return [
    field(`${path}.name`, mostly(fc.constantFrom("web", "proxy", "init", ""), name, 2)),
    field(`${path}.image`, fc.constantFrom("x", "", " ")),
    field(`${path}.ports`, ports),
    field(`${path}.resources`, resources),
    field(`${path}.resources`, resources),
    field(`${path}.lifecycle`, lifecycle),
    field(`${path}.restartPolicy`, restartPolicy),
    field(`${path}.readinessProbe`, probe),
  ];
}

/** A pod with resources of its own, sidecars and init containers, whose amounts add up. */
const wholePod = fc
  .record({
    asked: fc.array(amountsOfCpu, { minLength: 4, maxLength: 4 }),
    limits: fc.array(amountsOfPages, { minLength: 3, maxLength: 3 }),
    last: fc.boolean(),
  })
  .map(({ asked: [whole, first, side, init], limits: [most, own, more], last }) => ({
    containers: [{ name: "web", image: "w", resources: withPages(first, own) }],
    initContainers: [
      { name: "side", image: "s", restartPolicy: "Always", resources: withPages(side, more) },
      {
        name: "init",
        image: "i",
        resources: withPages(init, own),
        ...(last ? { restartPolicy: "Always" } : {}),
      },
    ],
    resources: { ...withPages(whole, most) },
  }));

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

/** Every field that the model of the API server's validation reads, and some twice, because more can go wrong there. */
export const FIELDS: readonly WrittenField[] = [
  field("metadata.name", fc.oneof(name, fc.constantFrom<unknown>("web.shop", undefined))),
  field(
    "metadata",
    fc.constantFrom<unknown>(
      { generateName: "web-" },
      { generateName: "Web-" },
      { name: "a", generateName: "a/b" },
      {},
    ),
  ),
  field("metadata.labels", labels),
  field("metadata.annotations", fc.dictionary(label, labelValue, { maxKeys: 2 })),
  field("spec.replicas", fc.oneof(count, fc.constant(null))),
  field("spec.minReadySeconds", fc.oneof(count, fc.constantFrom(600, 599))),
  field("spec.progressDeadlineSeconds", count),
  field("spec.revisionHistoryLimit", count),
  field("spec.podManagementPolicy", fc.constantFrom("OrderedReady", "Parallel", "", "parallel")),
  field("spec.selector", selector),
  field("spec.selector", selector),
  field("spec.strategy", strategy),
  field("spec.updateStrategy", strategy),
  field(
    "spec.strategy",
    rollingUpdate.map((rolling) => ({ rollingUpdate: rolling })),
  ),
  field(
    "spec.updateStrategy",
    rollingUpdate.map((rolling) => ({ rollingUpdate: rolling })),
  ),
  field("spec.template.metadata.labels", labels),
  field(
    "spec.template.metadata.annotations",
    fc.oneof(
      fc.dictionary(label, labelValue, { maxKeys: 2 }),
      fc
        .constantFrom("1", "-5", "+1", "01", "0", "-", "2147483647", "2147483648", "-2147483648", "", "1.5")
        .map((cost) => ({ [DELETION_COST]: cost })),
    ),
  ),
  ...containerFields(`${POD}.containers[0]`),
  ...containerFields(`${POD}.containers[1]`),
  field(`${POD}.containers`, fc.constantFrom<unknown>([], null, undefined)),
  field(
    `${POD}.initContainers`,
    fc.constantFrom<unknown>(
      [],
      [{ name: "init", image: "i" }],
      [
        { name: "init", image: "i" },
        { name: "init", image: "i" },
      ],
    ),
  ),
  ...containerFields(`${POD}.initContainers[0]`),
  field(
    `${POD}.initContainers[0]`,
    resources.chain((own) =>
      fc.constantFrom<unknown>(
        {
          name: "side",
          image: "i",
          restartPolicy: "Always",
          resources: own,
          lifecycle: { preStop: { sleep: { seconds: 5 } } },
        },
        { name: "init", image: "i", resources: own },
      ),
    ),
  ),
  field(
    `${POD}.initContainers[1]`,
    resources.map((own) => ({ name: "last", image: "i", resources: own })),
  ),
  field(`${POD}.resources`, resources),
  field(POD, wholePod),
  field(
    `${POD}.resources`,
    fc
      .tuple(likely, likely)
      .map(([limit, request]) => ({ limits: { cpu: limit }, requests: { cpu: request } })),
  ),
  field(
    `${POD}.containers[0].resources`,
    fc
      .tuple(likely, likely)
      .map(([limit, request]) => ({ limits: { cpu: limit }, requests: { cpu: request } })),
  ),
  field(`${POD}.overhead`, amounts),
  field(`${POD}.nodeName`, fc.oneof(name, fc.constant("ip-10-0-0-1.ec2.internal"))),
  field(`${POD}.hostNetwork`, fc.boolean()),
  field(`${POD}.restartPolicy`, restartPolicy),
  field(`${POD}.terminationGracePeriodSeconds`, fc.oneof(count, fc.constant(null))),
  field(`${POD}.activeDeadlineSeconds`, count),
  field(`${POD}.priorityClassName`, mostly(fc.constant("high"), name)),
  field(`${POD}.nodeSelector`, labels),
  field(`${POD}.affinity.nodeAffinity`, nodeAffinity),
  field(`${POD}.affinity.podAffinity`, podAffinity),
  field(`${POD}.affinity.podAntiAffinity`, podAffinity),
  field(`${POD}.tolerations`, fc.array(toleration, { maxLength: 3 })),
  field(`${POD}.topologySpreadConstraints`, fc.array(spread, { maxLength: 3 })),
  field(`${POD}.topologySpreadConstraints[0]`, spread),
  field(
    `${POD}.readinessGates`,
    fc.array(fc.record({ conditionType: qualifiedName }, { requiredKeys: [] }), { maxLength: 2 }),
  ),
  field(
    `${POD}.schedulingGates`,
    fc.array(fc.record({ name: mostly(fc.constant("wait"), qualifiedName, 2) }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
  ),
];
