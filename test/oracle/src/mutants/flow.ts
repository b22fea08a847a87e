import { plantedIn } from "./planted";

export const FLOW = [
  ...plantedIn("routing/kube-proxy.ts", "flow", [
    ["source ranges close nothing", "const shutOut = !rangesAdmit(flow, arrival);", "const shutOut = false;"],
    [
      "internal traffic follows the external policy",
      "const spread = spreadOf(sets, traffic.internalTrafficPolicy);",
      "const spread = spreadOf(sets, traffic.externalTrafficPolicy);",
    ],
    ["--masquerade-all does nothing", "network.masqueradeAll === true || foreign", "foreign"],
    ["nobody is foreign", "network.masqueradeAll === true || foreign", "network.masqueradeAll === true"],
    [
      "without a detector everybody is foreign",
      `network.localDetector !== "none" && !arrival.detectedLocal`,
      "!arrival.detectedLocal",
    ],
    [
      "external Cluster keeps the address",
      `if (traffic.externalTrafficPolicy === "Cluster") return deliver("cluster", sets.cluster, "policy", true);`,
      `if (traffic.externalTrafficPolicy === "Cluster") return deliver("cluster", sets.cluster, "policy", false);`,
    ],
    ["pods are not spared", "if (arrival.detectedLocal)", "if (false)"],
    ["pods are spared and masqueraded", `"shortCircuit", false`, `"shortCircuit", true`],
    [
      "pods get their node's endpoints",
      `deliver("cluster", sets.cluster, "shortCircuit"`,
      `deliver("local", sets.local, "shortCircuit"`,
    ],
    ["the node is spared without masquerade", `"hostShortCircuit", true`, `"hostShortCircuit", false`],
    [
      "localhost is not spared",
      `if (arrival.origin === "hostNetwork" || arrival.origin === "localhost")`,
      `if (arrival.origin === "hostNetwork")`,
    ],
    [
      "the node is not spared",
      `if (arrival.origin === "hostNetwork" || arrival.origin === "localhost")`,
      `if (arrival.origin === "localhost")`,
    ],
    [
      "external Local masquerades",
      `deliver("local", sets.local, "policy", false)`,
      `deliver("local", sets.local, "policy", true)`,
    ],
    [
      "Local without endpoint is refused at once",
      `: refuse("drop", "noLocalEndpoints");\n}\n\n/** The kernel`,
      `: refuse("reject", "noLocalEndpoints");\n}\n\n/** The kernel`,
    ],
    ["127.0.0.1 always has node ports", "network.localhostNodePorts === false ||", ""],
    [
      "nftables checks ranges only with endpoints",
      `(sets.hasAny || network.dataplane === "nftables")`,
      "sets.hasAny",
    ],
    [
      "iptables checks ranges without endpoints",
      `shutOut && (sets.hasAny || network.dataplane === "nftables")`,
      "shutOut",
    ],
    [
      "127.0.0.1 has node ports in nftables mode",
      `network.dataplane === "nftables" ||\n    network.localhostNodePorts`,
      "network.localhostNodePorts",
    ],
    [
      "nftables drops on a closed 127.0.0.1",
      `return dropped && network.dataplane !== "nftables"`,
      "return dropped",
    ],
    [
      "the node's packets leave in nftables mode",
      `return network.dataplane !== "nftables" && toElsewhere`,
      "return toElsewhere",
    ],
    [
      "a closed 127.0.0.1 is always refused",
      `return dropped && network.dataplane !== "nftables"`,
      `return false && network.dataplane !== "nftables"`,
    ],
    [
      "the node's packets to foreign addresses are rejected",
      `return network.dataplane !== "nftables" && toElsewhere && fromHost`,
      "return false",
    ],
    ["the node's packets to its own port leave", "&& toElsewhere && fromHost", "&& fromHost"],
    ["everybody's packets to foreign addresses leave", "&& toElsewhere && fromHost", "&& toElsewhere"],
  ]),
  ...plantedIn("routing/arrival.ts", "flow", [
    [
      "every detector knows another node's pod",
      `detectedLocal: shown && network.localDetector === "clusterCIDR"`,
      "detectedLocal: shown",
    ],
    [
      "no detector knows another node's pod",
      `detectedLocal: shown && network.localDetector === "clusterCIDR"`,
      "detectedLocal: false",
    ],
    [
      "hidden pods are detected",
      `detectedLocal: shown && network`,
      `detectedLocal: source.kind === "pod" && network`,
    ],
    [
      "pods are detected without a detector",
      `detectedLocal: network.localDetector !== "none" };`,
      "detectedLocal: true };",
    ],
    [
      "another node's port is decided at home",
      'destination.kind === "nodePort" ? nodeNamed(nodes, destination.node, "destination") : own',
      "own",
    ],
  ]),
  ...plantedIn("routing/decision.ts", "flow", [
    [
      "a pod that reaches itself is not masqueraded",
      "masquerade || returnsToSender(endpoint, flow, arrival)",
      "masquerade",
    ],
    [
      "nftables masquerades every returning endpoint",
      `network.dataplane === "nftables" || network.dataplane === "ipvs" ? isLocal`,
      `network.dataplane === "ipvs" ? isLocal`,
    ],
    [
      "only a local endpoint returns to its sender",
      `network.dataplane === "nftables" || network.dataplane === "ipvs" ? isLocal(endpoint, at.name) : true`,
      "isLocal(endpoint, at.name)",
    ],
  ]),
  ...plantedIn("routing/source-ranges.ts", "flow", [
    ["padding spoils a range", "parseCIDR(text.trim())", "parseCIDR(text)"],
    ["ranges of the other family count", `(isIPv4(range.network) ? "IPv4" : "IPv6") === family`, "true"],
    [
      "every range must hold the address",
      "ranges.some((range) => contains(range, address))",
      "ranges.every((range) => contains(range, address))",
    ],
    [
      "ranges guard external IPs too",
      `if (destination.kind !== "loadBalancer") return true;`,
      `if (destination.kind === "externalIP") return mayEnter(enforcedRanges(service.loadBalancerSourceRanges, "IPv4"), address);\n  if (destination.kind !== "loadBalancer") return true;`,
    ],
    ["prefixes are a bit short", "const prefix = bits + 128 - of;", "const prefix = bits + 127 - of;"],
  ]),
  ...plantedIn("routing/route.ts", "flow", [
    ["Proxy mode is owned", `return Boolean(ip) && ipMode === "VIP";`, "return Boolean(ip);"],
  ]),
];
