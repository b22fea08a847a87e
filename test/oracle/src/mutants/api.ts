import { plantedIn } from "./planted";

export const API = [
  ...plantedIn("api/service/defaults.ts", "validate", [
    ["no type is NodePort", `written.type ?? "ClusterIP"`, `written.type ?? "NodePort"`],
    ["ClientIP affinity lasts a day by default", "= 10_800", "= 86_400"],
    ["an incomplete affinity stays", "return timeout === undefined ?", "return config === undefined ?"],
    ["no affinity keeps its configuration", `if (affinity === "None") return undefined;`, ""],
    ["an empty target port stays", ` || targetPort === ""`, ""],
    [
      "a NodePort Service has no internal policy",
      `onlyIf(isOneOf(type, "ClusterIP", "NodePort", "LoadBalancer"), "Cluster")`,
      `onlyIf(isOneOf(type, "ClusterIP", "LoadBalancer"), "Cluster")`,
    ],
  ]),
  ...plantedIn("api/service/service-facts.ts", "validate", [
    [
      "external IPs do not make a Service accessible",
      `and(isOneOf(spec.type, "ClusterIP"), hasExternalIPs({ spec })),`,
      "",
    ],
    [
      "a NodePort Service needs a health-check port",
      `return and(isOneOf(spec.type, "LoadBalancer"), isOneOf(spec.externalTrafficPolicy`,
      `return and(isOneOf(spec.type, "LoadBalancer", "NodePort"), isOneOf(spec.externalTrafficPolicy`,
    ],
    [
      "node ports are allocated although switched off",
      `isOneOf(spec.allocateLoadBalancerNodePorts, true)`,
      "true",
    ],
  ]),
  ...plantedIn("api/allocation/node-ports.ts", "validate", [
    ["a node port is not shared", "port.nodePort ?? shared ?? sameNumber(ports, number)", "port.nodePort"],
    ["a later port's node port is not shared", "?? shared ?? sameNumber(ports, number)", "?? shared"],
    [
      "an explicit node port is dropped where none is allocated",
      "(port.nodePort === undefined && allocatesNodePorts(service) === false)",
      "allocatesNodePorts(service) === false",
    ],
    [
      "the range of node ports is not looked at",
      "const fresh = typed === true && asked !== undefined && asked !== shared;",
      "const fresh = false;",
    ],
    [
      "a health-check port is not reserved",
      "const refused = pool.take(healthCheckNodePort);",
      'const refused = undefined as ReturnType<PortPool["take"]>;',
    ],
  ]),
  ...plantedIn("api/allocation/port-pool.ts", "validate", [
    ["the last port is out of range", "port <= last", "port < last"],
    ["ports of others are free", "new Set([...nodePortsInUse, ...held].filter(inRange))", "new Set(held)"],
  ]),
  ...plantedIn("api/allocation/ip-families.ts", "validate", [
    ["headless without a selector is single stack", `() => "RequireDualStack"`, `() => "SingleStack"`],
    ["two addresses are fine with single stack", `...(ips === 2 ? [two("cluster IPs")] : [])`, ""],
    [
      "a family follows only from the first address",
      "clusterIPs.slice(written.length)",
      "clusterIPs.slice(written.length, 1)",
    ],
    [
      "dual stack may be required anywhere",
      `const single = policy === "RequireDualStack" && serviceIPFamilies.length < 2;`,
      "const single = false;",
    ],
    [
      "a second family is added on every cluster",
      "free === true || server.serviceIPFamilies?.length === 2",
      "true",
    ],
  ]),
  ...plantedIn("api/validation/cluster-ips.ts", "validate", [
    ["None may stand first", `? [invalid(IPS, list, "'None' must be the first and only value")]`, "? []"],
    ["three addresses are two", "ips.length > 2 ?", "ips.length > 3 ?"],
    [
      "the rest is said of bad addresses too",
      `return single.some((check) => "kind" in check)`,
      "return false",
    ],
    ["two addresses of one family are dual stack", ".size === 2;", ".size >= 1;"],
  ]),
  ...plantedIn("api/metadata/names.ts", "validate", [
    ["length is counted in characters", "exceeds([value], 63)", "value.length > 63"],
    ["a port's name may have two hyphens", `if (name.includes("--"))`, `if (name.includes("---"))`],
    [
      "dots in a label are not told apart",
      `if (isSubdomain.test(name)) return [...wrong, "must not contain dots"];`,
      "",
    ],
    ["port 0 is a port", "port >= 1 &&", "port >= 0 &&"],
    [
      "an empty prefix is none",
      `if (parts.length === 2 && prefix === "") wrong.push("prefix part must be non-empty");\n  else if`,
      "if",
    ],
  ]),
  ...plantedIn("api/ip/ip.ts", "validate", [
    ["an ellipsis may stand for nothing", "missing < 2", "missing < 0"],
    ["an octet may be 256", "Number(octet) <= 255", "Number(octet) <= 256"],
    ["a single zero group is shortened", "let length = 1;", "let length = 0;"],
  ]),
  ...plantedIn("api/ip/netip.ts", "validate", [
    ["leading zeros are fine", "if (digits === 1 && value === 0)", "if (digits === 2 && value === 0)"],
    ["five digits make a group", "group.length > 4", "group.length > 5"],
  ]),
  ...plantedIn("api/ip/addresses.ts", "validate", [
    ["host bits are fine", "return hasHostBits(range) ?", "return false ?"],
    [
      "the whole of fe80::/9 is link-local",
      "startsWith(own, 0xfe, 0x80, 0xc0)",
      "startsWith(own, 0xfe, 0x80, 0x80)",
    ],
    [
      "loopback is 127.0.0.1 alone",
      "own.length === 4 ? own[0] === 127 :",
      'own.length === 4 ? own.join() === "127,0,0,1" :',
    ],
  ]),
  ...plantedIn("api/validation/port-checks.ts", "validate", [
    [
      "one of several ports needs no name",
      "ports.length > 1 ? [required(path)]",
      "ports.length > 2 ? [required(path)]",
    ],
    [
      "a protocol is not part of what is repeated",
      "const pair = `${protocol} ${key}`;",
      "const pair = `${key}`;",
    ],
    [
      "a ClusterIP Service may have node ports",
      `forbidden(\`\${path}.nodePort\`, "may not be used when \`type\` is 'ClusterIP'"),`,
      "",
    ],
  ]),
  ...plantedIn("api/validation/exposure-checks.ts", "validate", [
    ["86400 seconds are too many", "seconds <= CLIENT_IP_MAX_SECONDS", "seconds < CLIENT_IP_MAX_SECONDS"],
    [
      "the ranges' path is spelt as the field",
      `const field = "spec.LoadBalancerSourceRanges";`,
      `const field = "spec.loadBalancerSourceRanges";`,
    ],
    [
      "white space around a range is an error",
      "wrongWithCIDR(path, trimSpace(text), release, before)",
      "wrongWithCIDR(path, text, release, before)",
    ],
    ["the annotations may differ", "return mode === hints ?", "return true ?"],
  ]),
  ...plantedIn("api/answer/go-text.ts", "validate", [
    [
      "a control character is printed as it is",
      "if (code < 0x20 || code === 0x7f) return `\\\\x${hex(2)}`;",
      "if (code < 0x20 || code === 0x7f) return character;",
    ],
    ["JSON is not made safe for HTML", "/[<>&\\u2028\\u2029]/g", "/[\\u2028\\u2029]/g"],
  ]),
  ...plantedIn("api/decode/decode.ts", "validate", [
    [
      "a custom unmarshaller's error is like any other",
      `mismatch(value, "int32", at, true)`,
      `mismatch(value, "int32", at)`,
    ],
    [
      "a number is never named",
      'return goType.startsWith("int") ? `number ${String(value)}` : "number";',
      'return "number";',
    ],
  ]),
  ...plantedIn("api/metadata/owner-references.ts", "validate", [
    [
      "apps/ has a version",
      `versionOf(text) === ""\n        ? [invalid(\`\${path}.apiVersion\`, goString(text), "must be <group>`,
      `false\n        ? [invalid(\`\${path}.apiVersion\`, goString(text), "must be <group>`,
    ],
    ["an Event may own", `reference.kind !== "Event"`, `reference.kind === "Event"`],
  ]),
  ...plantedIn("releases/1.37.ts", "validate", [
    ["references have no index", `ownerReferences: "indexed"`, `ownerReferences: "plain"`],
  ]),
  ...plantedIn("api/validation/warnings.ts", "validate", [
    [
      "headless Services are warned of deprecated external IPs",
      "externalIPs > 0 && headless === false && isExternalName === false",
      "externalIPs > 0 && isExternalName === false",
    ],
  ]),
  ...plantedIn("api/update/update-allocation.ts", "validateUpdate", [
    [
      "a health-check port is chosen anew",
      "healthCheckNodePort: spec.healthCheckNodePort ?? before.healthCheckNodePort",
      "healthCheckNodePort: spec.healthCheckNodePort",
    ],
    ["a node port stays though another port has it", "&& !used.has(old)", ""],
    ["ports that were held are asked for again", "|| mine ? []", "? []"],
    [
      "a repeated node port is left to validation",
      "checks: twice && reserved.length === 0 ? [duplicateNodePort(next)] : reserved",
      "checks: reserved",
    ],
    [
      "the singular address alone changes nothing",
      "return withPlural(clusterIP === undefined ? undefined : [clusterIP]);",
      "return service;",
    ],
  ]),
  ...plantedIn("api/update/type-dependent.ts", "validateUpdate", [
    [
      "a changed health-check port is wiped as well",
      `leaves(needsHealthCheck) && sameValue("healthCheckNodePort")`,
      "leaves(needsHealthCheck)",
    ],
    [
      "an unchanged policy is left to be refused",
      `leaves(externallyAccessible) &&\n      sameValue("externalTrafficPolicy")`,
      `false && sameValue("externalTrafficPolicy")`,
    ],
    [
      "new node ports are wiped as well",
      "leaves(usesNodePorts) && noNewNodePorts(spec, before)",
      "leaves(usesNodePorts)",
    ],
    ["the class stays with another type", `leaves(isBalanced) && sameValue("loadBalancerClass")`, "false"],
    [
      "addresses of a load balancer stay",
      "return isBalanced(service) === false ? withoutAbsent({ ...status, loadBalancer: undefined }) : status;",
      "return status;",
    ],
  ]),
  ...plantedIn("api/update/update-checks.ts", "validateUpdate", [
    [
      "the class may be set later",
      "if (now === before) return [];",
      "if (now === before || before === undefined) return [];",
    ],
    [
      "the health-check port may change",
      "now === before ? [] : [forbidden(path",
      "true ? [] : [forbidden(path",
    ],
    ["headless may not change its families", "and(addressed, not(headless), not(wasHeadless))", "addressed"],
  ]),
  ...plantedIn("api/allocation/ip-families.ts", "validateUpdate", [
    ["the second address stays with single stack", "items?.slice(0, 1)", "items"],
    [
      "the second family is released without a word",
      `...(reduced(families, stored?.spec.ipFamilies) ? [releases("IP family")] : [])`,
      "",
    ],
    ["PreferDualStack follows the cluster", `spec.ipFamilyPolicy === "PreferDualStack" &&`, "false &&"],
  ]),
  ...plantedIn("api/ip/addresses.ts", "validateUpdate", [
    ["stored ranges are looked at again", "if (stored.includes(cidr)) return [];", ""],
  ]),
];
