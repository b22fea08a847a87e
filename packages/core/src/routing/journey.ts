import type { Endpoint } from "../model/endpoint";
import { type BalancerHop, chooseNode, type NodeTarget } from "./balancer-hop";
import type { Because, Client, Delivery, Destination, Flow, Outcome, Route, Seen, Source } from "./flow";
import { route } from "./route";

/** One thing that happens to a connection, in the order it happens. Text is made of it elsewhere. */
export type Step =
  | { readonly kind: "opens"; readonly source: Source; readonly destination: Destination }
  /** The load balancer chooses one of the nodes that pass its check. */
  | {
      readonly kind: "chooses";
      readonly balancer: string;
      readonly targets: readonly NodeTarget[];
      readonly node: string;
    }
  /** No node passes the check: the balancer has nowhere to send the connection. */
  | { readonly kind: "noTarget"; readonly balancer: string; readonly targets: readonly NodeTarget[] }
  /** The packet reaches a node, from that address. */
  | { readonly kind: "enters"; readonly node: string; readonly from: string }
  /** kube-proxy of the node chooses one endpoint out of a set and rewrites the destination. */
  | {
      readonly kind: "translates";
      readonly node: string;
      readonly set: "cluster" | "local";
      readonly among: readonly Endpoint[];
      readonly endpoint: Endpoint;
      readonly because: Because;
      /** The source is rewritten too, to an address of the node. */
      readonly masqueraded: boolean;
    }
  /** From one node to another: the extra hop. */
  | { readonly kind: "crosses"; readonly from: string; readonly to: string; readonly way: "there" | "back" }
  | { readonly kind: "arrives"; readonly endpoint: Endpoint; readonly sees: Seen }
  /** The node that translated takes its translation back, by its connection table. */
  | { readonly kind: "restores"; readonly node: string }
  | { readonly kind: "returns"; readonly to: Source; readonly by: "directly" | "balancer" }
  /** The answer reaches the client from an address that it never spoke to. */
  | { readonly kind: "lost"; readonly to: Source }
  /** Refused or dropped on a node. */
  | {
      readonly kind: "ends";
      readonly node: string;
      readonly verdict: "reject" | "drop";
      readonly because: Because;
    }
  /** kube-proxy lets the packet leave the node as it is. */
  | { readonly kind: "leaves"; readonly node: string; readonly because: Because };

export interface Journey {
  readonly steps: readonly Step[];
  /** What kube-proxy decided, with every endpoint that could have been chosen; absent if no node was reached. */
  readonly outcome?: Route;
  readonly assumption?: string;
}

/** Which of the possible ways to tell. Without them: the first healthy node, and an endpoint on another node if there is one. */
export interface Choice {
  readonly node?: string;
  /** Address of the endpoint. */
  readonly endpoint?: string;
}

/**
 * A connection from its opening to the way back. `balancer` is what stands in front, where the destination is its address.
 * Throws a `RangeError` for a choice that is not among the possible ones.
 */
export function journey(flow: Flow, balancer?: BalancerHop, choice: Choice = {}): Journey {
  const { source, destination } = flow;
  const opens: Step = { kind: "opens", source, destination };
  if (balancer && source.kind === "external" && destination.kind === "loadBalancer")
    return prepend([opens], fromBalancer(flow, source, balancer, choice));
  const outcome = route(flow);
  if (balancer && outcome.verdict === "leaves" && outcome.because === "notOwned")
    return outward(
      flow,
      [opens, { kind: "leaves", node: outcome.from, because: "notOwned" }],
      balancer,
      choice,
    );
  return { steps: [opens, ...onNodes(flow, outcome, choice)], outcome, assumption: outcome.assumption };
}

/** Out to the balancer and back in, as if from outside: the pod network gives the packet the address of its node. */
function outward(flow: Flow, gone: readonly Step[], balancer: BalancerHop, choice: Choice): Journey {
  const { source, nodes } = flow;
  const home = source.kind === "external" ? source.enters : source.node;
  const address = nodes.find(({ name }) => name === home)?.address ?? "";
  const back = prepend(
    gone,
    fromBalancer(flow, { kind: "external", address, enters: home }, balancer, choice),
  );
  const hidden = "the packet leaves with the address of its node";
  return { ...back, assumption: back.assumption ? `${hidden}; ${back.assumption}` : hidden };
}

function fromBalancer(flow: Flow, client: Client, balancer: BalancerHop, choice: Choice): Journey {
  const { name, targets, comesFrom, sendsTo } = balancer;
  const node = chooseNode(balancer, choice.node);
  if (node === undefined) return { steps: [{ kind: "noTarget", balancer: name, targets }] };
  const address = comesFrom === "client" ? client.address : balancer.address;
  const arriving: Flow = {
    ...flow,
    source: { kind: "external", address, enters: node },
    destination: sendsTo === "nodePort" ? { kind: "nodePort", node } : flow.destination,
  };
  const outcome = route(arriving);
  const chooses: Step = { kind: "chooses", balancer: name, targets, node };
  return {
    steps: [chooses, ...onNodes(arriving, outcome, choice, { balancer, client: flow.source })],
    outcome,
    assumption: outcome.assumption,
  };
}

/** Who opened the connection, where a balancer stands between it and the nodes. */
interface Behind {
  readonly balancer: BalancerHop;
  readonly client: Source;
}

/** What happens from the first node on. */
function onNodes(flow: Flow, outcome: Outcome, choice: Choice, behind?: Behind): readonly Step[] {
  const { source } = flow;
  if (outcome.verdict === "leaves") return [{ kind: "leaves", node: outcome.from, because: outcome.because }];
  const { at } = outcome;
  const home = source.kind === "external" ? undefined : source.node;
  const reaches: readonly Step[] =
    source.kind === "external"
      ? [{ kind: "enters", node: at, from: source.address }]
      : hop(source.node, at, "there");
  if (outcome.verdict !== "deliver")
    return [...reaches, { kind: "ends", node: at, verdict: outcome.verdict, because: outcome.because }];

  const { to, set, because } = outcome;
  const { endpoint, masqueraded, sees, answered } = chooseEndpoint(to, at, choice.endpoint);
  const among = to.map((one) => one.endpoint);
  const client = behind?.client ?? source;
  const passes = behind && (behind.balancer.comesFrom === "balancer" || behind.balancer.answersPass);
  return [
    ...reaches,
    { kind: "translates", node: at, set, among, endpoint, because, masqueraded },
    ...hop(at, endpoint.nodeName, "there"),
    { kind: "arrives", endpoint, sees },
    ...(answered
      ? [
          ...hop(endpoint.nodeName, at, "back"),
          { kind: "restores", node: at } as const,
          ...hop(at, home, "back"),
          { kind: "returns", to: client, by: passes ? "balancer" : "directly" } as const,
        ]
      : [{ kind: "lost", to: client } as const]),
  ];
}

/** The way between two nodes; nothing where they are one, or one is not known. */
function hop(from: string | undefined, to: string | undefined, way: "there" | "back"): readonly Step[] {
  return from === undefined || to === undefined || from === to ? [] : [{ kind: "crosses", from, to, way }];
}

function chooseEndpoint(to: readonly Delivery[], at: string, wanted: string | undefined): Delivery {
  const telling = to.find(({ endpoint }) => endpoint.nodeName !== at) ?? to[0];
  const found =
    wanted === undefined ? telling : to.find(({ endpoint }) => endpoint.addresses.includes(wanted));
  if (found) return found;
  const possible = to.map(({ endpoint }) => endpoint.addresses[0]).join(", ");
  throw new RangeError(
    `choice.endpoint: ${wanted}; wanted one that the connection may be given to: ${possible}`,
  );
}

function prepend(steps: readonly Step[], rest: Journey): Journey {
  return { ...rest, steps: [...steps, ...rest.steps] };
}
