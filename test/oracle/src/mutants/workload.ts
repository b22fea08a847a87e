import { plantedIn } from "./planted";

const OPERATION = "validateWorkload";

export const WORKLOAD = [
  ...plantedIn("api/workload/workload-checks.ts", OPERATION, [
    [
      "a Deployment needs no selector",
      "if (spec.selector === undefined) return [required(SELECTOR)];",
      "if (spec.selector === undefined) return [];",
    ],
    [
      "labels that the selector does not match are fine",
      "ifTrue(not(selected), path, () => [",
      "ifTrue(false, path, () => [",
    ],
    [
      "an unreadable selector is not told",
      "goSelector(known), wrong)]",
      "goSelector(known), wrong)].slice(1)",
    ],
    [
      "an empty selector selects everything",
      "Object.keys(matchLabels).length + matchExpressions.length === 0",
      "false",
    ],
    ["the deadline may be as short as the readiness", "deadline <= ready", "deadline < ready"],
    [
      "no deadline is no deadline",
      "DEFAULT_PROGRESS_DEADLINE_SECONDS = 600",
      "DEFAULT_PROGRESS_DEADLINE_SECONDS = 601",
    ],
    [
      "negative replicas of a ReplicaSet",
      '...notNegative(spec.minReadySeconds, "spec.minReadySeconds"),\n    ...requiredSelector(spec, "deployment", release),\n    ...replicaTemplate(spec, "invalid label selector", release),\n  ],',
      '...requiredSelector(spec, "deployment", release),\n    ...replicaTemplate(spec, "invalid label selector", release),\n  ],',
    ],
  ]),
  ...plantedIn("api/workload/selector-checks.ts", OPERATION, [
    [
      "In without values",
      'length === 0 ? [required(at, "must be specified when',
      'length < 0 ? [required(at, "must be specified when',
    ],
    ["Exists with values", "length > 0\n", "length > 1\n"],
    ["values of a selector are not looked at", "...labelValues(values, `${path}.values`, release),", ""],
    ["NotIn needs the label", 'return operator === "NotIn";', "return false;"],
    [
      "the last expression alone counts",
      "and(...terms.map((term) => holds(term, of)))",
      "and(...terms.slice(-1).map((term) => holds(term, of)))",
    ],
    [
      "no selector matches everything",
      "if (selector === undefined) return false;",
      "if (selector === undefined) return true;",
    ],
    ["an empty list of values is printed", " || values.length === 0\n", "\n"],
  ]),
  ...plantedIn("api/workload/label-key-checks.ts", OPERATION, [
    ["keys without a selector", "if (selector === undefined)", "if (false)"],
    ["a key twice in the selector", "const twice = at >= 0 && seen.has(key);", "const twice = false;"],
    ["a key in both lists", "others.includes(text)", "false"],
    ["the first of equal keys is named", "list.lastIndexOf(key)", "list.indexOf(key)"],
  ]),
  ...plantedIn("api/workload/affinity-checks.ts", OPERATION, [
    ["a term without topology key", 'topologyKey === "" ?', "false ?"],
    ["the topology key is no label", "...labelName(topologyKey, `${path}.topologyKey`, release),", ""],
    ["namespaces have any name", "wrongWithLabel(text).map(", "[].map("],
    [
      "the selector of namespaces is not looked at",
      "...selectorChecks(namespaceSelector, `${path}.namespaceSelector`, release),",
      "",
    ],
    [
      "anti-affinity is not looked at",
      "...podAffinityChecks(podAntiAffinity, `${path}.podAntiAffinity`, release),",
      "",
    ],
  ]),
  ...plantedIn("api/workload/node-affinity-checks.ts", OPERATION, [
    ["a weight of 101", "value > 100", "value > 101"],
    ["a weight of 0", "value <= 0 ||", "value < 0 ||"],
    ["no term at all", "list.length === 0", "list.length < 0"],
    ["Gt with two values", 'name === "Gt" || name === "Lt"\n', 'name === "Gt"\n'],
    [
      "values of preferred terms are looked at",
      "...termChecks(preference, `${at}.preference`, false, release),",
      "...termChecks(preference, `${at}.preference`, true, release),",
    ],
    ["any field of the node", 'name === "metadata.name"\n', 'name !== ""\n'],
  ]),
  ...plantedIn("api/workload/spread-checks.ts", OPERATION, [
    ["a skew of 0", "skew > 0 ?", "skew >= 0 ?"],
    ["no key", 'topologyKey === "" ?', "false ?"],
    ["a constraint twice", "isRepeated(constraint, later)\n", "false\n"],
    ["minDomains with ScheduleAnyway", 'name === "DoNotSchedule"\n', 'name !== ""\n'],
    ["a policy of any name", "...policyChecks(constraint.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`),", ""],
    [
      "the selector is not looked at",
      "...selectorChecks(labelSelector, `${path}.labelSelector`, release),",
      "",
    ],
  ]),
  ...plantedIn("api/workload/toleration-checks.ts", OPERATION, [
    ["no key and not Exists", 'operator === "Exists" ? []', 'operator !== "" ? []'],
    ["seconds with any effect", 'name === "NoExecute"\n', "true\n"],
    ["Exists with a value", 'text === ""\n', "true\n"],
    ["every wrong is told by itself", 'wrong.join(";")', 'wrong.join("; ")'],
    ["Lt is no operator", "numeric ? [...OPERATORS", "!numeric ? [...OPERATORS"],
  ]),
  ...plantedIn("api/workload/quantity.ts", OPERATION, [
    ["less than a thousandth is nothing", "(nanos < 0n ? -MILLI : MILLI)", "0n"],
    ["small binary amounts get a suffix", "size >= 1024n * NANO", "size >= 1n"],
    ["exponents are not multiples of three", "((power % 3) + 3) % 3", "0"],
    ["canonical text is not kept", "scale % 3 === 0 && ", ""],
    ["text that is too long is kept", "digits.length > 18", "digits.length > 19"],
    ["eights are canonical", "% 8 !== 0", "% 8 !== 9"],
    ["space inside the quotes", "trimmedQuantity(textOf(value))", "textOf(value)"],
    ["an int64 overflows in silence", "ONE_STEP.includes(power) ? cut : 0n", "false ? cut : 0n"],
  ]),
  ...plantedIn("api/workload/resource-names.ts", OPERATION, [
    ["huge pages may be overcommitted", "isNative(name) && !isHugePages(name)", "isNative(name)"],
    [
      "devices may be overcommitted",
      "return isNative(name) && !isHugePages(name);",
      "return !isHugePages(name);",
    ],
    [
      "a container takes storage",
      "OF_CONTAINERS.has(name) || isHugePages(name)\n",
      'OF_CONTAINERS.has(name) || name === "storage" || isHugePages(name)\n',
    ],
    [
      "a pod takes ephemeral storage",
      'name === "cpu" || name === "memory" || isHugePages(name)',
      "OF_CONTAINERS.has(name) || isHugePages(name)",
    ],
    ["halves of a device", "COUNTED.has(name) || isExtended(name, release)", "COUNTED.has(name)"],
  ]),
  ...plantedIn("api/workload/resource-checks.ts", OPERATION, [
    ["negative amounts", "const negative = quantity.nanos < 0n;", "const negative = false;"],
    ["requests above the limit", "order !== 0 : order > 0", "order !== 0 : order > 1"],
    ["requests below the limit of what is not overcommitted", "strict ? order !== 0", "strict ? order > 0"],
    ["no limit for what is not overcommitted", "return strict ? [required(", "return false ? [required("],
    ["a fraction of a huge page", "wholeUnits(quantity) % wholeUnits(page) === 0n", "true"],
    ["huge pages alone", "return alone ?", "return false ?"],
  ]),
  ...plantedIn("api/workload/pod-resources.ts", OPERATION, [
    ["less than the containers together", "compare(sum, whole) <= 0", "compare(sum, whole) <= 1"],
    ["sidecars do not count", "sum = together(sum, own);", ""],
    ["init containers start alone", "together(own, sidecars)", "own"],
    ["a container's limit above the pod's", "compare(limit, most) > 0", "compare(limit, most) > 1"],
  ]),
  ...plantedIn("api/workload/container-checks.ts", OPERATION, [
    ["no containers", "if (list.length === 0) return [required(path)];", ""],
    ["two containers of one name", "if (taken.has(own)) return [duplicate(path, goString(own))];", ""],
    [
      "an init container of a container's name",
      'new Set(regular.map(({ name = "" }) => (isUnknown(name) ? undefined : name)))',
      "new Set<string | undefined>()",
    ],
    ["no image", "image === undefined ?", "false ?"],
    ["hooks of a sidecar", 'container.restartPolicy === "Always"\n', "false\n"],
  ]),
  ...plantedIn("api/workload/container-ports.ts", OPERATION, [
    ["two ports of one name", "if (taken.has(name)) return [duplicate(path, goString(name))];", ""],
    ["no port", "containerPort === undefined\n", "false\n"],
    [
      "one port of the host for every address",
      "${String(protocol)}/${String(hostIP)}/",
      "${String(protocol)}//",
    ],
    ["another port of the host in its network", "number === own\n", "true\n"],
  ]),
  ...plantedIn("api/workload/lifecycle-checks.ts", OPERATION, [
    ["longer than the grace period", "wanted <= grace", "wanted <= grace + 1"],
    ["two handlers", "...more.map(", "...[].map("],
    [
      "no handler",
      'if (first === undefined) return [required(path, "must specify a handler type")];',
      "if (first === undefined) return [];",
    ],
    [
      "no command",
      "length === 0 ? [required(`${path}.exec.command`)]",
      "length < 0 ? [required(`${path}.exec.command`)]",
    ],
  ]),
  ...plantedIn("api/workload/pod-checks.ts", OPERATION, [
    ["a cost of a deletion with a plus", "^(0|-\\d+|[1-9]\\d*)$", "^([-+]?\\d+)$"],
    ["pods that end", '...restartPolicyChecks(spec.restartPolicy, `${path}.restartPolicy`, ["Always"]),', ""],
    [
      "a deadline of pods",
      "...ifGiven(spec.activeDeadlineSeconds, at, () => [",
      "...ifGiven(undefined, at, () => [",
    ],
    ["gates of one name", "if (seen.has(name)) return [...checks, duplicate(at, goString(name))];", ""],
    ["readiness gates of any name", "qualifiedName(conditionType, `${at}.conditionType`, release)", "[]"],
    [
      "overhead of anything",
      "...resourceChecks({ limits: spec.overhead }, `${path}.overhead`, containerResourceName, release),",
      "",
    ],
    ["a node of any name", "...subdomain(spec.nodeName, `${path}.nodeName`),", ""],
  ]),
  ...plantedIn("api/workload/strategy-checks.ts", OPERATION, [
    ["none away and none more", "amountOf(unavailable) === 0 && amountOf(surge) === 0", "false"],
    ["more than all", "amountOf(value) > 100", "amountOf(value) > 101"],
    [
      "a quarter is a tenth",
      'maxUnavailable = "25%", maxSurge = "25%"',
      'maxUnavailable = "25%", maxSurge = "0%"',
    ],
    [
      "a DaemonSet replaces more at once by default",
      "maxUnavailable = 1, maxSurge = 0",
      "maxUnavailable = 0, maxSurge = 0",
    ],
    ["a DaemonSet does both", "amountOf(unavailable) !== 0 && amountOf(surge) !== 0", "false"],
    [
      "a rolling update beside Recreate",
      "return ifGiven(rollingUpdate, at, () => [",
      "return ifGiven(undefined, at, () => [",
    ],
    ["text without a percent sign is a percent", "PERCENT.test(value) ? []", "/^[0-9]+%?$/.test(value) ? []"],
    ["a negative partition", "notNegative(partition, `${at}.partition`)", "[]"],
    ["maxUnavailable of none", "amountOf(amount) === 0 ? [invalid", "amountOf(amount) < 0 ? [invalid"],
    ["maxUnavailable is not printed", "(isKept ? maxUnavailable : undefined) ?? null", "null"],
  ]),
  ...plantedIn("releases/1.37.ts", OPERATION, [
    [
      "maxUnavailable of a StatefulSet is dropped",
      "statefulSetMaxUnavailable: true",
      "statefulSetMaxUnavailable: false",
    ],
  ]),
  ...plantedIn("api/workload/workload-schema.ts", OPERATION, [
    [
      "null is a surge of none",
      "value === null ? undefined : intOrString(value, at)",
      "intOrString(value, at)",
    ],
  ]),
];
