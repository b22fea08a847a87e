import type { Because, Journey, Seen, Source, Step } from "@evenkeel/core/routing";
import type { Endpoint } from "@evenkeel/core/model";

const WHY: Readonly<Record<Because, string>> = {
  policy: "as the policy of this path says",
  shortCircuit: "a pod of this very node is spared external policy Local and gets all endpoints",
  hostShortCircuit: "a process of this very node is spared external policy Local and gets all endpoints",
  noEndpoints: "there is no endpoint anywhere",
  noLocalEndpoints: "there are endpoints elsewhere but none on this node, and the policy is Local",
  sourceRanges: "loadBalancerSourceRanges do not admit this source",
  notOwned: "kube-proxy does not own a hostname or an address in Proxy mode",
  noLocalhostNodePorts: "127.0.0.1 has no node ports in this data plane",
  ipvsFallback: "ipvs falls back on all endpoints",
};

/** A journey in sentences, one a step. */
export function tellJourney({ steps }: Journey): readonly string[] {
  // Names of nodes and pods keep their own case.
  return steps
    .map(tell)
    .map((sentence) => sentence.replace(/^(the|a) /, (word) => word.charAt(0).toUpperCase() + word.slice(1)));
}

function tell(step: Step): string {
  switch (step.kind) {
    case "opens":
      return `${who(step.source)} opens a connection to ${what(step)}.`;
    case "chooses":
      return chooses(step);
    case "noTarget":
      return `${step.balancer} has no healthy target: the connection goes nowhere.`;
    case "enters":
      return `The packet arrives at ${step.node}, from ${step.from}.`;
    case "translates": {
      const set = step.set === "local" ? "its own endpoints" : "the endpoints of the whole cluster";
      const source = step.masqueraded ? ", and the source to an address of the node" : "; the source stays";
      return `kube-proxy on ${step.node} chooses ${pod(step.endpoint)} among ${set} (${few(step.among.map(pod))}), ${WHY[step.because]}, and rewrites the destination to it${source}.`;
    }
    case "crosses":
      return step.way === "there"
        ? `The packet crosses from ${step.from} to ${step.to}: the extra hop.`
        : `The answer goes back from ${step.from} to ${step.to}.`;
    case "arrives":
      return `${pod(step.endpoint)} receives it and sees ${seen(step.sees)}.`;
    case "restores":
      return `${step.node} takes its translation back, by its connection table.`;
    case "returns":
      return `The answer reaches ${who(step.to)}${step.by === "balancer" ? ", through the load balancer" : ""}.`;
    case "lost":
      return `The answer reaches ${who(step.to)} from an address that it never spoke to: the connection times out.`;
    case "ends":
      return step.verdict === "drop"
        ? `${step.node} drops it without an answer, because ${WHY[step.because]}: the client waits until it gives up.`
        : `${step.node} refuses it, because ${WHY[step.because]}.`;
    case "leaves":
      return `The packet leaves ${step.node} as it is, since ${WHY[step.because]}.`;
  }
}

function chooses({ balancer, node, targets }: Extract<Step, { kind: "chooses" }>): string {
  const passing = targets.filter(({ healthy }) => healthy).map((one) => one.node);
  if (passing.length === 0) {
    const why = [...new Set(targets.map((one) => one.why))].join(", ");
    return `${balancer} fails open, since no target passes its health check (${why}), and chooses ${node} among all of them, ${few(targets.map((one) => one.node))}.`;
  }
  const out = targets.filter(({ healthy }) => !healthy).map((one) => `${one.node} (${one.why})`);
  const left = out.length > 0 ? `; left out: ${few(out)}` : "";
  return `${balancer} chooses ${node} among ${few(passing)}${left}.`;
}

function who(source: Source): string {
  switch (source.kind) {
    case "external":
      return `the client ${source.address}`;
    case "pod":
      return `a pod on ${source.node}`;
    case "hostNetwork":
      return `a process of ${source.node}`;
    case "localhost":
      return `a process of ${source.node}, by 127.0.0.1,`;
  }
}

function what({ destination }: Extract<Step, { kind: "opens" }>): string {
  switch (destination.kind) {
    case "clusterIP":
      return "the cluster IP";
    case "nodePort":
      return `the node port of ${destination.node}`;
    case "loadBalancer":
      return `the load balancer (${destination.ingress.hostname ?? destination.ingress.ip ?? ""})`;
    case "externalIP":
      return `the external address ${destination.address}`;
  }
}

function seen(sees: Seen): string {
  return sees.kind === "client"
    ? `the address ${sees.address}`
    : `an address of ${sees.node}: the client's is hidden`;
}

export function pod({ pod: name, nodeName, addresses }: Endpoint): string {
  return `${name ?? addresses[0] ?? "an endpoint"}${nodeName ? ` on ${nodeName}` : ""}`;
}

function few(names: readonly string[]): string {
  return names.length <= 6
    ? names.join(", ")
    : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
