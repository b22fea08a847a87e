import { plantedIn } from "./planted";

const PLUGINS = "placement/plugins";

export const PLACEMENT = [
  ...plantedIn("placement/sampling.ts", "schedule", [
    ["every node is looked at", "if (nodes < EVERY_NODE_BELOW) return nodes;", "return nodes;"],
    ["a sample may be below a hundred", ", EVERY_NODE_BELOW);", ", 1);"],
    ["the share does not fall", "50 - Math.trunc(nodes / 125)", "50"],
  ]),
  ...plantedIn("placement/cycle.ts", "schedule", [
    ["the search starts at the first node", "(scheduler.start + found + rejected) % table.size", "0"],
    ["rejected nodes do not move the start", "scheduler.start + found + rejected", "scheduler.start + found"],
    ["one more node than wanted is used", "if (found === toFind) break;", "if (found > toFind) break;"],
    ["weights do not count", "totals[index]! += weight * scores[index]!", "totals[index]! += scores[index]!"],
    [
      "the node order is that of the list",
      "if (named === undefined) return order;",
      "if (named === undefined) return order.slice().sort();",
    ],
  ]),
  ...plantedIn("placement/node-order.ts", "schedule", [
    [
      "the new zone label wins",
      "labels[LEGACY_ZONE_LABEL] ?? labels[ZONE_LABEL]",
      "labels[ZONE_LABEL] ?? labels[LEGACY_ZONE_LABEL]",
    ],
    ["regions do not tell zones apart", "`${region}:\\0:${zone}`", "zone"],
    [
      "all of one zone first",
      "for (let turn = 0; filled < nodes.length; turn++) {\n    for (const members of trees) {\n      const index = members[turn];\n      if (index !== undefined) order[filled++] = index;\n    }\n  }",
      "for (const members of trees) for (const index of members) order[filled++] = index;",
    ],
  ]),
  ...plantedIn("placement/ties.ts", "schedule", [
    [
      "the first of the best is chosen",
      " && comesBefore(index, best)) best = index;",
      " && false) best = index;",
    ],
    ["the last of the best is chosen", " && comesBefore(index, best)) best = index;", ") best = index;"],
    ["an ancestor comes after", "return ancestor < earlier + 1;", "return ancestor <= earlier + 1;"],
    ["breadth before depth", "return ancestor < earlier + 1;", "return later < earlier;"],
  ]),
  ...plantedIn("placement/host-ports.ts", "score", [
    ["init containers take ports", `sidecarPorts && restartPolicy === "Always"`, "sidecarPorts"],
    ["sidecars take no ports", `sidecarPorts && restartPolicy === "Always"`, "false"],
    [
      "the host's network takes no ports",
      "port.hostPort || (hostNetwork ? port.containerPort : 0)",
      "port.hostPort",
    ],
    ["protocols share ports", '`${port.protocol ?? "TCP"}/${number}`', "`${number}`"],
    [
      "all addresses meet only themselves",
      "address === EVERY_ADDRESS || addresses.has(address)",
      "addresses.has(address)",
    ],
    ["one address does not meet all", " || addresses.has(EVERY_ADDRESS)", ""],
  ]),
  ...plantedIn("placement/requests.ts", "score", [
    ["stand-in of 200m", "cpu: 100, memory", "cpu: 200, memory"],
    ["stand-in of 200 MB", "200 * 1024 * 1024", "200 * 1000 * 1000"],
    ["sidecars do not add to init containers", "add(running, sidecars);", ""],
    ["sidecars are init containers", `container.restartPolicy === "Always"`, "false"],
    ["init containers add up", "raise(total, peak);", "add(total, peak);"],
    ["no overhead", "add(amounts, overhead);", ""],
    ["the whole pod does not count", "? asAWhole(spec) : {}", "? {} : {}"],
    [
      "NodeResourcesFit scores the whole pod",
      "withOverhead(spec, filledIn(STAND_INS))",
      "withOverhead(spec, { ...filledIn(STAND_INS), ...whole })",
    ],
  ]),
  ...plantedIn("placement/pod-facts.ts", "score", [
    ["terms reach every namespace", "new Set(own ? [namespace] : named)", "new Set([namespace, ...named])"],
    [
      "matchLabelKeys do nothing",
      "[same, ...different].reduce(both, selector)",
      "different.reduce(both, selector)",
    ],
    ["mismatchLabelKeys do nothing", "[same, ...different].reduce(both, selector)", "both(selector, same)"],
    [
      "no namespace selector",
      "term.namespaces.has(pod.namespace) || term.namespaceSelector.matches(namespaceLabels)",
      "term.namespaces.has(pod.namespace)",
    ],
    [
      "the namespace selector is kept once read",
      "namespaceSelectorKept ? term.namespaceSelector : NOTHING",
      "term.namespaceSelector",
    ],
  ]),
  ...plantedIn("placement/fit-error.ts", "schedule", [
    ["reasons in the order of the plugins", ".sort(byBytes);", ";"],
    ["nodes passed over are not counted", "if (passedOver > 0 && named)", "if (passedOver < 0 && named)"],
    ["no plugin is named", '[${named.by.join(" ")}]', "[NodeAffinity]"],
  ]),
  ...plantedIn("placement/exact.ts", "schedule", [
    [
      "placed pods weigh nothing",
      "loadPod(load, node, placed.facts.requests, placed.facts.hostPorts, 1);",
      "",
    ],
    [
      "placed pods are not seen",
      "for (const plan of plans.values()) for (const change of effectOf(placed, plan)) tally(change, node, 1);",
      "",
    ],
    ["a plan made later misses those placed before", "there.push({ facts: placed.facts, node });", ""],
    ["owners do not tell pods apart", "owner?.kind, owner?.name, ", ""],
  ]),
  ...plantedIn("placement/existing-pods.ts", "score", [
    ["pods that are there weigh nothing", "loadPod(load, node, facts.requests, facts.hostPorts, sign);", ""],
  ]),
  ...plantedIn(`${PLUGINS}/taint-toleration.ts`, "score", [
    [
      "NoExecute does not keep pods off",
      `taint.effect !== "PreferNoSchedule" &&`,
      `taint.effect === "NoSchedule" &&`,
    ],
    [
      "an empty key tolerates nothing",
      "if (toleration.key && toleration.key !== taint.key)",
      "if (toleration.key !== taint.key)",
    ],
    [
      "an empty effect tolerates nothing",
      "if (toleration.effect && toleration.effect !== taint.effect)",
      "if (toleration.effect !== taint.effect)",
    ],
    ["values do not matter", `(toleration.value ?? "") === (taint.value ?? "")`, "true"],
    ["more taints are better", "normalize(scores, count, true)", "normalize(scores, count, false)"],
  ]),
  ...plantedIn(`${PLUGINS}/node-affinity.ts`, "score", [
    [
      "a term without requirements matches",
      "if (matchExpressions.length === 0 && matchFields.length === 0) return false;",
      "",
    ],
    [
      "NotIn needs the label",
      "value === undefined || !values.includes(value)",
      "value !== undefined && !values.includes(value)",
    ],
    [
      "Gt compares texts",
      'return operator === "Gt" ? seen > bound : seen < bound;',
      'return operator === "Gt" ? value > limit : value < limit;',
    ],
    ["Gt and Lt are one", "seen > bound : seen < bound", "seen > bound : seen > bound"],
    ["fields do not matter", "matchFields.every((requirement) => fieldHolds(requirement, node))", "true"],
    [
      "the node selector does not matter",
      "Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value)",
      "true",
    ],
    [
      "terms are ANDed",
      "terms.some((term) => termMatchesNode(term, node))",
      "terms.every((term) => termMatchesNode(term, node))",
    ],
    [
      "names are not looked at first",
      `names.size === 0 ? { unfit: CONFLICT } : { only: names, by: ["NodeAffinity"] }`,
      "undefined",
    ],
    [
      "weights do not matter",
      "(termsMatch([preference], node) ? weight : 0)",
      "(termsMatch([preference], node) ? 1 : 0)",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/node-name.ts`, "schedule", [
    ["the node's name and affinity need not agree", "byAffinity.only.has(nodeName)", "true"],
    [
      "the node's name is not looked at first",
      `if (!byAffinity) return { only, by: ["NodeName"] };`,
      "if (!byAffinity) return undefined;",
    ],
  ]),
  ...plantedIn("releases/1.37.ts", "schedule", [
    ["NodeName is a filter only", "nodeNameFirst: true", "nodeNameFirst: false"],
  ]),
  ...plantedIn("releases/1.37.ts", "score", [
    ["the namespace selector is kept", "namespaceSelectorKept: false", "namespaceSelectorKept: true"],
  ]),
  ...plantedIn(`${PLUGINS}/node-unschedulable.ts`, "score", [
    [
      "tolerating it does not help",
      "tolerated || !nodes[node]!.unschedulable",
      "!nodes[node]!.unschedulable",
    ],
    ["cordoned nodes take pods", "tolerated || !nodes[node]!.unschedulable", "true"],
  ]),
  ...plantedIn(`${PLUGINS}/image-locality.ts`, "score", [
    ["the threshold is 24 MiB", "23 * MIB", "24 * MIB"],
    ["one container has the range of all", "MOST_PER_CONTAINER * containers.length", "MOST_PER_CONTAINER"],
    [
      "images are not scaled by spread",
      "state.sizeBytes * (state.nodes.size / nodes.length)",
      "state.sizeBytes",
    ],
    ["the tag is not filled in", "? `${name}:latest` : name", "? name : name"],
    ["a registry's port is a tag", `name.lastIndexOf(":") <= name.lastIndexOf("/")`, `!name.includes(":")`],
    [
      "init containers have no images",
      "[...(spec.initContainers ?? []), ...spec.containers]",
      "spec.containers",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/node-resources-fit.ts`, "score", [
    [
      "one pod too many",
      "load.pods[node]! + 1 <= table.pods[node]!",
      "load.pods[node]! <= table.pods[node]!",
    ],
    ["a pod that asks for nothing needs room", "(requests.cpu === 0 || requests.cpu", "(requests.cpu"],
    [
      "storage does not matter",
      "requests.ephemeralStorage <= table.ephemeralStorage[node]! - load.ephemeralStorage[node]!",
      "true",
    ],
    [
      "other resources do not matter",
      "scalars.every(([name, amount]) => amount <= table.scalar(name)[node]! - scalarLoad(load, name)[node]!)",
      "true",
    ],
    ["every lack can be resolved", "insufficient(node, load).every(({ beyondNode }) => !beyondNode)", "true"],
    ["overfull counts below zero", "requested > capacity ? 0 :", ""],
    [
      "a resource that is not there counts",
      "resources === 0 ? 0 : Math.trunc(sum / resources)",
      "Math.trunc(sum / 2)",
    ],
  ]),
  ...plantedIn("placement/whole-numbers.ts", "score", [
    [
      "large products are rounded",
      "return Number.isSafeInteger(product)\n    ? Math.trunc(product / whole)\n    : Number((BigInt(factor) * BigInt(part)) / BigInt(whole));",
      "return Math.round(product / whole);",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/balanced-allocation.ts`, "score", [
    ["the form before 1.36", "if (!byImprovement) return after;", "return after;"],
    ["fractions go above one", "Math.min(cpuUsed / cpu, 1)", "cpuUsed / cpu"],
    [
      "the distance is not halved",
      "Math.abs((cpuFraction - memoryFraction) / 2)",
      "Math.abs(cpuFraction - memoryFraction)",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/resource-plugins.ts`, "score", [
    ["best-effort pods are balanced", "bestEffortUnbalanced && isBestEffort(requests)", "false"],
  ]),
  ...plantedIn(`${PLUGINS}/resource-plugins.ts`, "schedule", [
    [
      "what was found once stays",
      "seen[node] = load.version[node]!;",
      "seen[node] = load.version[node]! + 1;",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/spread-constraints.ts`, "score", [
    [
      "skew of 4 by host",
      "topologyKey: HOSTNAME_LABEL, maxSkew: 3",
      "topologyKey: HOSTNAME_LABEL, maxSkew: 4",
    ],
    ["skew of 4 by zone", "topologyKey: ZONE_LABEL, maxSkew: 5", "topologyKey: ZONE_LABEL, maxSkew: 4"],
    [
      "defaults beside own constraints",
      "if (own.length > 0)",
      "if (own.some(({ whenUnsatisfiable }) => whenUnsatisfiable === kind))",
    ],
    [
      "node affinity is ignored by default",
      `(constraint.nodeAffinityPolicy ?? "Honor") === "Honor"`,
      `constraint.nodeAffinityPolicy === "Honor"`,
    ],
    [
      "taints are honored by default",
      `constraint.nodeTaintsPolicy === "Honor"`,
      `constraint.nodeTaintsPolicy !== "Ignore"`,
    ],
    [
      "matchLabelKeys do nothing",
      "return both(fromPairs(Object.fromEntries(there)), selector);",
      "return selector;",
    ],
    ["Services of other namespaces count", "service.namespace === namespace && ", ""],
    ["Services do not count", "Object.assign(merged, service.selector)", "Object.assign(merged, {})"],
    [
      "owners do not count",
      "both(fromPairs({ ...merged, ...pairs }), selector)",
      "fromPairs({ ...merged, ...pairs })",
    ],
    ["an empty selector counts every pod", "!selector.empty && !pod.terminating", "!pod.terminating"],
    ["terminating pods count", " && !pod.terminating", ""],
    ["pods of other namespaces count", " && pod.namespace === namespace", ""],
  ]),
  ...plantedIn(`${PLUGINS}/spread-filter.ts`, "score", [
    ["nodes that lack another key are counted", "complete[node] === 1 && includes(", "includes("],
    ["minDomains do nothing", "if (eligible.length < constraint.minDomains) return 0;", ""],
    ["the pod itself is always counted", "constraint.selector.matches(pod.labels) ? 1 : 0", "1"],
    ["a label is not needed", `if (domain < 0) return "label";`, "if (domain < 0) continue;"],
    ["one more is allowed", "> constraint.maxSkew) return", "> constraint.maxSkew + 1) return"],
  ]),
  ...plantedIn(`${PLUGINS}/spread-scorer.ts`, "score", [
    [
      "hosts count by their label",
      "const perNode = constraint.topologyKey === HOSTNAME_LABEL;",
      "const perNode = false;",
    ],
    ["skew does not matter", "const slack = constraint.maxSkew - 1;", "const slack = 0;"],
    ["topologies have equal weight", "table.logarithms[size(each, feasible, count) + 2]!", "1"],
    ["weight by one more domain", "size(each, feasible, count) + 2", "size(each, feasible, count) + 1"],
    ["sums are cut off", "Math.round(sums[index]!)", "Math.trunc(sums[index]!)"],
    ["the least does not matter", "most + least - scores[index]!", "most - scores[index]!"],
    [
      "nodes without a key are scored",
      "someIncomplete && complete[feasible[index]!] === 0) scores[index] = 0;",
      "false) scores[index] = 0;",
    ],
    ["nodes without a zone make no domain", "domains.orEmpty[node]!", "domains.of[node]!"],
  ]),
  ...plantedIn(`${PLUGINS}/affinity-filter.ts`, "score", [
    ["the first of its kind waits for ever", "noneYet && isFirstOfItsKind", "false"],
    ["any stranger may be the first", "noneYet && isFirstOfItsKind", "noneYet"],
    ["a node without the key will do", "if (where < 0) return AFFINITY;", "if (where < 0) continue;"],
    [
      "one term is enough",
      "terms.every((term) => termMatches(term, pod, {}))",
      "terms.some((term) => termMatches(term, pod, {}))",
    ],
    [
      "anti-affinity of others does not matter",
      "return holdsAny(unwantedKeys, node) ? EXISTING : undefined;",
      "return undefined;",
    ],
    ["own anti-affinity does not matter", "if (holdsAny(farKeys, node)) return ANTI_AFFINITY;", ""],
    [
      "others see the namespace without labels",
      "termMatches(term, pod, namespaceLabels) ? [once(unwanted",
      "termMatches(term, pod, {}) ? [once(unwanted",
    ],
  ]),
  ...plantedIn(`${PLUGINS}/affinity-scorer.ts`, "score", [
    ["required terms of others count double", "REQUIRED_TERM_WEIGHT = 1", "REQUIRED_TERM_WEIGHT = 2"],
    [
      "preferences of others do not count",
      "...other.preferred.filter(({ term }) => termMatches(term, pod, namespaceLabels)).map(worth),",
      "",
    ],
    [
      "own preferences do not count",
      "...pod.preferred.filter(({ term }) => termMatches(term, other, {})).map(worth),",
      "",
    ],
    ["scaled from zero", "(scores[index]! - least) / range", "scores[index]! / range"],
    ["never skipped", "if (!list.some(everCounted)) return false;", ""],
  ]),
  ...plantedIn(`${PLUGINS}/plugin.ts`, "score", [
    [
      "scaled sums are rounded",
      "Math.trunc((MAX_SCORE * scores[index]!) / largest)",
      "Math.round((MAX_SCORE * scores[index]!) / largest)",
    ],
  ]),
  ...plantedIn("placement/simulate/victims.ts", "victims", [
    [
      "pods that wait go last",
      "before(one.node === undefined, other.node === undefined)",
      "before(one.node !== undefined, other.node !== undefined)",
    ],
    ["phases do not matter", "PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase)", "0"],
    ["ready pods go first", "before(!one.ready, !other.ready)", "before(one.ready, other.ready)"],
    ["dear pods go first", "one.deletionCost - other.deletionCost", "other.deletionCost - one.deletionCost"],
    [
      "pods that stand alone go first",
      "together(other.node) - together(one.node)",
      "together(one.node) - together(other.node)",
    ],
    [
      "old pods go first",
      "power(now - since) - power(now - otherSince)",
      "power(now - otherSince) - power(now - since)",
    ],
    [
      "ages are told apart by the second",
      "power(now - since) - power(now - otherSince)",
      "otherSince - since",
    ],
    [
      "a time that is not known counts as old",
      "if (since === undefined) return -1;",
      "if (since === undefined) return 1;",
    ],
  ]),
  ...plantedIn("model/quantity.ts", "quantity", [
    ["fractions are cut off", "(amount + divisor - 1n) / divisor", "amount / divisor"],
    ["Ki is a thousand", `["Ki", 10]`, `["Ki", 9]`],
    ["k is 1024", `["k", 3]`, `["k", 4]`],
    ["a suffix alone is refused", "!hasDigit && isReadExactly(unit)", "!hasDigit"],
    ["whole units are cut off", "(nanos + by - 1n) / by", "nanos / by"],
  ]),
];
