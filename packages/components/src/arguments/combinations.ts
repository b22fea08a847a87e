import { isUnknown } from "@evenkeel/core/model";
import { argumentFor, isOfController } from "../resources/annotation-keys";
import { isPlainObject } from "./now";
import type { Problem } from "./problem";

type Arguments = Readonly<Record<string, unknown>>;

// What is wrong with arguments that are each right by themselves. Unknown values are not held against each other.

/** Of a Service behind an NLB. */
export function nlbCombinations(args: Arguments): readonly Problem[] {
  return [
    ...serviceCombinations(args),
    ...exactlyOne(args, ["controllerOwned", "pulumiOwned"]),
    ...healthCheckProblems(args),
    ...registrationProblems(args.pulumiOwned),
    ...policyProblems(args),
    ...pinProblems(args, "trafficPolicy"),
    ...annotationProblems(args),
  ];
}

/** Of a Service without a load balancer. */
export function internalCombinations(args: Arguments): readonly Problem[] {
  return [
    ...serviceCombinations(args),
    ...pinProblems(args, "internalTrafficPolicy"),
    ...balancerAnnotationProblems(args),
  ];
}

function serviceCombinations(args: Arguments): readonly Problem[] {
  return [
    ...exactlyOne(args, ["workload", "deployment", "statefulSet", "daemonSet"]),
    ...atMostOne(args, ["cluster", "clusterFile"]),
    ...portProblems(args.ports),
    ...workloadProblems(args),
    ...versionProblems(args),
  ];
}

function exactlyOne(args: Arguments, keys: readonly string[]): readonly Problem[] {
  if (keys.some((key) => args[key] !== undefined)) return atMostOne(args, keys);
  return [{ path: keys.join(", "), says: "none given; wanted exactly one" }];
}

function atMostOne(args: Arguments, keys: readonly string[], under = ""): readonly Problem[] {
  const given = keys.filter((key) => args[key] !== undefined);
  if (given.length < 2) return [];
  return [
    { path: under + given.join(", "), says: `${given.length} given; wanted only one of ${keys.join(", ")}` },
  ];
}

function portProblems(ports: unknown): readonly Problem[] {
  if (!Array.isArray(ports)) return [];
  const records = ports.filter(isPlainObject);
  const repeated = (key: string, wanted: string): readonly Problem[] =>
    records.flatMap((one, index) => {
      const value = one[key];
      const first = records.findIndex((other) => other[key] === value);
      if (value === undefined || isUnknown(value) || first === index) return [];
      return [
        { path: `ports[${index}].${key}`, says: `${String(value)}, as ports[${first}]; wanted ${wanted}` },
      ];
    });
  return [
    ...repeated("name", "a name of its own for each port"),
    ...repeated("port", "a number of its own for each port"),
    ...repeated("nodePort", "a node port of its own for each port"),
    ...records.flatMap((one, index) => atMostOne(one, ["targetPort", "targetPortName"], `ports[${index}].`)),
  ];
}

function healthCheckProblems({ healthCheck }: Arguments): readonly Problem[] {
  if (!isPlainObject(healthCheck)) return [];
  const { protocol, path, matcher, intervalSeconds, timeoutSeconds } = healthCheck;
  const problems: Problem[] = [];
  if (protocol === "TCP") {
    for (const [key, value] of Object.entries({ path, matcher })) {
      if (value !== undefined)
        problems.push({
          path: `healthCheck.${key}`,
          says:
            "given with protocol TCP, which asks for nothing; wanted protocol HTTP or HTTPS, or no " + key,
        });
    }
  }
  if (
    typeof intervalSeconds === "number" &&
    typeof timeoutSeconds === "number" &&
    timeoutSeconds > intervalSeconds
  ) {
    problems.push({
      path: "healthCheck.timeoutSeconds",
      says: `${timeoutSeconds}; wanted at most the interval, ${intervalSeconds}`,
    });
  }
  return problems;
}

/** A target group with two owners has its targets registered by the one and deregistered by the other. */
function registrationProblems(owned: unknown): readonly Problem[] {
  return isPlainObject(owned)
    ? atMostOne(owned, ["targetGroupBinding", "autoScalingGroups"], "pulumiOwned.")
    : [];
}

function workloadProblems({ workload, selector }: Arguments): readonly Problem[] {
  if (!isPlainObject(workload)) return [];
  const problems: Problem[] = [];
  if (workload.kind === "DaemonSet" && workload.replicas !== undefined) {
    problems.push({
      path: "workload.replicas",
      says: "given for a DaemonSet, which runs one pod on each node; wanted none",
    });
  }
  const { labels } = workload;
  if (isPlainObject(labels) && isPlainObject(selector) && !isUnknown(labels) && !isUnknown(selector)) {
    for (const [key, value] of Object.entries(selector)) {
      if (isUnknown(value) || isUnknown(labels[key]) || labels[key] === value) continue;
      problems.push({
        path: `selector[${JSON.stringify(key)}]`,
        says: `not a label of workload.labels; wanted labels that the pods have, or no selector`,
      });
    }
  }
  return problems;
}

function policyProblems({ trafficPolicy, healthCheckNodePort }: Arguments): readonly Problem[] {
  if (trafficPolicy !== "Cluster" || healthCheckNodePort === undefined) return [];
  return [
    {
      path: "healthCheckNodePort",
      says: "given with trafficPolicy Cluster, under which Kubernetes has no such port; wanted trafficPolicy Local or Auto, or no healthCheckNodePort",
    },
  ];
}

/** What is pinned is a choice of Auto; a policy that is given needs none. */
function pinProblems(args: Arguments, policy: string): readonly Problem[] {
  const given = args[policy];
  const twice = atMostOne(args, ["pinned", "decisionFile"]);
  if (given === undefined || given === "Auto" || isUnknown(given)) return twice;
  const pin = ["pinned", "decisionFile"].find((key) => args[key] !== undefined);
  if (pin === undefined) return twice;
  return [
    ...twice,
    { path: pin, says: `given with ${policy} ${String(given)}; wanted ${policy} Auto, or no ${pin}` },
  ];
}

function versionProblems(args: Arguments): readonly Problem[] {
  const { cluster } = args;
  if (!isPlainObject(cluster)) return [];
  return ["kubernetesVersion", "dataplane"].flatMap((key) => {
    const [own, shape] = [args[key], cluster[key]];
    const differ = typeof own === "string" && typeof shape === "string" && own !== shape;
    return differ ? [{ path: key, says: `${own}; cluster.${key} says ${shape}; wanted one of them` }] : [];
  });
}

function annotationProblems({ annotations, pulumiOwned }: Arguments): readonly Problem[] {
  if (!isPlainObject(annotations)) return [];
  return Object.keys(annotations).flatMap((key): readonly Problem[] => {
    const path = `annotations[${JSON.stringify(key)}]`;
    const argument = argumentFor(key);
    if (argument) return [{ path, says: `given; wanted the argument ${argument}, which writes it` }];
    if (pulumiOwned === undefined || !isOfController(key)) return [];
    return [
      {
        path,
        says: "given with pulumiOwned, where no controller reads it; wanted controllerOwned, or no such annotation",
      },
    ];
  });
}

function balancerAnnotationProblems({ annotations }: Arguments): readonly Problem[] {
  if (!isPlainObject(annotations)) return [];
  return Object.keys(annotations)
    .filter(isOfController)
    .map((key) => ({
      path: `annotations[${JSON.stringify(key)}]`,
      says: "given on a Service that has no load balancer; wanted NlbInstanceService or NlbIpService, or no such annotation",
    }));
}
