import { plantedIn } from "./planted";

export const ROUTING = [
  ...plantedIn("routing/conditions.ts", "categorize", [
    ["unset ready counts as not ready", "endpoint.ready ?? true", "endpoint.ready ?? false"],
    ["unset serving counts as not serving", "endpoint.serving ?? true", "endpoint.serving ?? false"],
    [
      "unset terminating counts as terminating",
      "endpoint.terminating ?? false",
      "endpoint.terminating ?? true",
    ],
    [
      "serving or terminating is enough",
      "?? true) && (endpoint.terminating",
      "?? true) || (endpoint.terminating",
    ],
    [
      "an endpoint without a node is local",
      "endpoint.nodeName === nodeName",
      "(endpoint.nodeName ?? nodeName) === nodeName",
    ],
  ]),
  ...plantedIn("routing/categorize.ts", "categorize", [
    [
      "external addresses need no cluster set under internal Local",
      `traffic.internalTrafficPolicy !== "Local" || traffic.externallyReachable`,
      `traffic.internalTrafficPolicy !== "Local"`,
    ],
    ["internal Local keeps no local set", `traffic.internalTrafficPolicy === "Local" ||`, ""],
    [
      "external Local keeps no local set",
      `(traffic.externalTrafficPolicy === "Local" && traffic.externallyReachable)`,
      "false",
    ],
    [
      "the cluster set ignores hints",
      "isReady(endpoint) && availableFor(endpoint, mode, node)",
      "isReady(endpoint)",
    ],
    [
      "the cluster set takes what is not ready",
      "isReady(endpoint) && availableFor(endpoint, mode, node)",
      "availableFor(endpoint, mode, node)",
    ],
    [
      "no fallback on terminating endpoints",
      "found.length > 0 ? found : endpoints.filter(isServingTerminating)",
      "found",
    ],
    [
      "terminating endpoints beside ready ones",
      "found.length > 0 ? found : endpoints.filter(isServingTerminating)",
      "[...found, ...endpoints.filter(isServingTerminating)]",
    ],
    [
      "local terminating endpoints never serve",
      "const local = orTerminating(\n    endpoints.filter((endpoint) => isLocal(endpoint, node.name)),\n    isReady,\n  );",
      "const local = endpoints.filter((endpoint) => isLocal(endpoint, node.name) && isReady(endpoint));",
    ],
    ["hints of endpoints that are not ready count", "if (!isReady(endpoint)) continue;", ""],
    ["one node hint is enough", "if (!nodes?.length) allHaveNodes = false;", "if (!nodes?.length) continue;"],
    ["one zone hint is enough", "if (!zones?.length) allHaveZones = false;", "if (!zones?.length) continue;"],
    ["node hints need not name this node", "if (allHaveNodes && oneNamesNode)", "if (allHaveNodes)"],
    ["zone hints need not name this zone", "return allHaveZones && oneNamesZone ?", "return allHaveZones ?"],
    [
      "zones go before nodes",
      `if (allHaveNodes && oneNamesNode) return "sameNode";`,
      `if (allHaveNodes && oneNamesNode && !(allHaveZones && oneNamesZone)) return "sameNode";`,
    ],
    ["reachable is the cluster set alone", "[...cluster, ...further]", "cluster"],
    [
      "endpoints in both sets count twice",
      "const further = local.filter((endpoint) => !inCluster.has(endpoint));",
      "const further = local;",
    ],
    [
      "anything at all makes hasAny",
      "endpoints.some((endpoint) => isReady(endpoint) || isServingTerminating(endpoint))",
      "endpoints.length > 0",
    ],
    [
      "only ready endpoints make hasAny",
      "endpoints.some((endpoint) => isReady(endpoint) || isServingTerminating(endpoint))",
      "endpoints.some(isReady)",
    ],
    [
      "only what is here makes hasAny",
      "endpoints.some((endpoint) => isReady(endpoint) || isServingTerminating(endpoint))",
      "local.length > 0",
    ],
  ]),
  ...plantedIn("routing/service-traffic.ts", "categorize", [
    ["Proxy mode is owned too", `(ipMode ?? "VIP") === "VIP" && `, ""],
    ["an address without a mode is not owned", `(ipMode ?? "VIP") === "VIP"`, `ipMode === "VIP"`],
    ["addresses of the other family count", "familyOf(ip) === family ? [ip]", "true ? [ip]"],
    [
      "external IPs of the other family count",
      "externalIPs.some((address) => familyOf(address) === family)",
      "externalIPs.length > 0",
    ],
    ["node ports do not count", "hasNodePort(port) || ", ""],
    [
      "the legacy zone label counts",
      "zone: node.labels[ZONE_LABEL]",
      `zone: node.labels[ZONE_LABEL] || node.labels["failure-domain.beta.kubernetes.io/zone"]`,
    ],
  ]),
  ...plantedIn("routing/health-check.ts", "categorize", [
    [
      "terminating pods keep the health check up",
      "isReady(endpoint) && isLocal(endpoint, nodeName)",
      "isLocal(endpoint, nodeName)",
    ],
    [
      "the health check counts the whole cluster",
      "isReady(endpoint) && isLocal(endpoint, nodeName)",
      "isReady(endpoint)",
    ],
  ]),
  ...plantedIn("routing/hints.ts", "hints", [
    [
      "endpoints that are not ready are hinted",
      "(isReady(endpoint) ? preferClose(endpoint, active) : endpoint)",
      "preferClose(endpoint, active)",
    ],
    [
      "endpoints that are not ready lose their hints",
      "(isReady(endpoint) ? preferClose(endpoint, active) : endpoint)",
      "(isReady(endpoint) ? preferClose(endpoint, active) : withoutHints(endpoint))",
    ],
    [
      "PreferSameZone hints nodes too",
      `wanted === "PreferSameNode" && endpoint.nodeName`,
      "endpoint.nodeName",
    ],
    [
      "PreferSameNode forgets the node",
      `wanted === "PreferSameNode" && endpoint.nodeName`,
      `wanted !== "PreferSameNode" && endpoint.nodeName`,
    ],
    [
      "PreferSameNode forgets the zone",
      "endpoint.zone === undefined ? undefined",
      `wanted === "PreferSameNode" || endpoint.zone === undefined ? undefined`,
    ],
    ["stale hints stay without a zone", "return withoutHints(endpoint);", "return endpoint;"],
    [
      "stale hints stay without a wish",
      `endpoints: endpoints.map(withoutHints), by: "none"`,
      `endpoints, by: "none"`,
    ],
  ]),
  ...plantedIn("routing/topology-auto.ts", "topoauto", [
    ["threshold of 25 %", "OVERLOAD_THRESHOLD = 0.2", "OVERLOAD_THRESHOLD = 0.25"],
    ["threshold of 19 %", "OVERLOAD_THRESHOLD = 0.2", "OVERLOAD_THRESHOLD = 0.19"],
    ["minimum rounded down", "Math.ceil(fair", "Math.floor(fair"],
    ["desired may fall below the minimum", "desired: Math.max(fair, minimum)", "desired: fair"],
    ["as many zones as endpoints is too few", "ratios.size > count", "ratios.size >= count"],
    ["nothing to spare is too little", "if (spare < 0)", "if (spare <= 0)"],
    ["a single zone will do", "byZone.size < 2", "byZone.size < 1"],
    [
      "a node without a zone is passed over",
      "if (!zone || !cpu) return undefined;",
      "if (!zone || !cpu) continue;",
    ],
    [
      "a node without CPU counts",
      "if (!zone || !cpu) return undefined;",
      "if (!zone || cpu === undefined) return undefined;",
    ],
    ["nodes that are not ready count", " || !isReadyNode(node)", ""],
    ["control-plane nodes count", `"node-role.kubernetes.io/control-plane", `, ""],
    ["masters count", `, "node-role.kubernetes.io/master"`, ""],
    [
      "an endpoint without a zone is passed over",
      "ready.some(({ zone }) => !zone)",
      "ready.every(({ zone }) => !zone)",
    ],
    [
      "endpoints that are not ready count",
      "const ready = endpoints.filter(isReady);",
      "const ready = endpoints;",
    ],
    [
      "hints stay where Auto is off",
      "endpoints: endpoints.map(withoutHints), off: why",
      "endpoints, off: why",
    ],
    [
      "half an endpoint short moves one",
      "from.amount < 1 && to.amount < 1",
      "from.amount < 0.5 && to.amount < 0.5",
    ],
    ["both must be short of one", "from.amount < 1 && to.amount < 1", "from.amount < 1 || to.amount < 1"],
    ["half is not asked for", "|| from.amount < 0.5 || to.amount < 0.5", ""],
    [
      "the zone that lacks least takes first",
      "if (amount > (found?.amount ?? 0)) found",
      "if (amount < (found?.amount ?? Infinity)) found",
    ],
    ["one endpoint is given twice", "add(giving, own, -1);", ""],
    ["one zone takes for ever", "add(receiving, taker, -1);", ""],
  ]),
  ...plantedIn("routing/pod-endpoints.ts", "endpoints", [
    [
      "pods that have ended are endpoints",
      `const ended = pod.phase === "Succeeded" || pod.phase === "Failed";`,
      "const ended = false;",
    ],
    ["pods that failed are endpoints", `|| pod.phase === "Failed"`, ""],
    ["pods without a node are endpoints", "(!node && !publishNotReadyAddresses)", "false"],
    ["published pods need a node", "(!node && !publishNotReadyAddresses)", "!node"],
    ["addresses of both families", "familyOf(address) === family", "true"],
    ["terminating pods are ready", "published || (serving && !terminating)", "published || serving"],
    ["publishing does nothing", "published || (serving && !terminating)", "serving && !terminating"],
    ["publishing makes pods serve", "    serving,\n", "    serving: published || serving,\n"],
    ["endpoints know no zone", "zone: node?.labels[ZONE_LABEL] || undefined", "zone: undefined"],
  ]),
  ...plantedIn("releases/1.33.ts", "hints", [
    [
      "trafficDistribution is off",
      `ServiceTrafficDistribution: "locked"`,
      `ServiceTrafficDistribution: "off"`,
    ],
  ]),
  ...plantedIn("releases/1.35.ts", "hints", [
    [
      "PreferSameNode and PreferSameZone are off",
      `PreferSameTrafficDistribution: "locked"`,
      `PreferSameTrafficDistribution: "off"`,
    ],
  ]),
  ...plantedIn("releases/1.33.ts", "endpoints", [
    ["topology-mode is off", `TopologyAwareHints: "locked"`, `TopologyAwareHints: "off"`],
  ]),
  ...plantedIn("routing/topology-annotation.ts", "endpoints", [
    [
      "the new annotation is read first",
      "[DEPRECATED_TOPOLOGY_ANNOTATION, TOPOLOGY_MODE_ANNOTATION]",
      "[TOPOLOGY_MODE_ANNOTATION, DEPRECATED_TOPOLOGY_ANNOTATION]",
    ],
    [
      "the deprecated annotation is not read",
      "[DEPRECATED_TOPOLOGY_ANNOTATION, TOPOLOGY_MODE_ANNOTATION]",
      "[TOPOLOGY_MODE_ANNOTATION]",
    ],
    [
      "auto must be written Auto",
      `topologyMode === "Auto" || topologyMode === "auto"`,
      `topologyMode === "Auto"`,
    ],
    [
      "any spelling of auto will do",
      `topologyMode === "Auto" || topologyMode === "auto"`,
      `topologyMode?.toLowerCase() === "auto"`,
    ],
  ]),
  ...plantedIn("routing/effective-distribution.ts", "endpoints", [
    [
      "trafficDistribution wins over the annotation",
      "if (enablesTopology(value)) return",
      "if (enablesTopology(value) && field === undefined) return",
    ],
    ["the annotation alone does nothing", `return certain("topologyMode",`, `return certain("none",`],
  ]),
];
