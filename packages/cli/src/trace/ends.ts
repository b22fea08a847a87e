import type { Destination, Source } from "@evenkeel/core/routing";
import { nearest } from "@evenkeel/core/model";
import { Failure } from "../failure";
import { CLIENT_ADDRESS, type Scene } from "./scene";

/** Where a connection may be opened, as it is written: `outside`, `pod@NODE`, `node@NODE`, `localhost@NODE`. */
const SOURCES = ["outside", "pod", "node", "localhost"] as const;
/** What it may be opened to: `load-balancer`, `cluster-ip`, `node-port` or `node-port@NODE`. */
const DESTINATIONS = ["load-balancer", "cluster-ip", "node-port"] as const;

/** A pod that is a client and no endpoint. */
const CLIENT_POD = "198.51.100.250";

export function sourceOf(written: string, scene: Scene): Source {
  const [kind = "", node] = written.split("@");
  const on = (): string => nodeNamed(node, scene, `--from ${written}`);
  switch (oneOf(kind, SOURCES, "--from")) {
    case "outside":
      return { kind: "external", address: CLIENT_ADDRESS, enters: scene.nodes[0]?.name ?? "" };
    case "pod":
      return { kind: "pod", node: on(), address: CLIENT_POD };
    case "node":
      return { kind: "hostNetwork", node: on() };
    case "localhost":
      return { kind: "localhost", node: on() };
  }
}

export function destinationOf(written: string, source: Source, scene: Scene): Destination {
  const [kind = "", node] = written.split("@");
  switch (oneOf(kind, DESTINATIONS, "--to")) {
    case "load-balancer":
      return { kind: "loadBalancer", ingress: scene.ingress };
    case "cluster-ip":
      return { kind: "clusterIP" };
    case "node-port":
      return {
        kind: "nodePort",
        node:
          node === undefined && source.kind !== "external"
            ? source.node
            : nodeNamed(node, scene, `--to ${written}`),
      };
  }
}

function nodeNamed(node: string | undefined, { nodes }: Scene, option: string): string {
  const names = nodes.map(({ name }) => name);
  if (node === undefined) return names[0] ?? "";
  if (names.includes(node)) return node;
  throw new Failure(
    `${option}: no node ${node}; wanted one of ${names.slice(0, 10).join(", ")}${nearest(node, names)}`,
  );
}

function oneOf<T extends string>(kind: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((one) => one === kind);
  if (found) return found;
  throw new Failure(
    `${option} ${kind}: wanted ${allowed.join(", ")}, with @NODE for a node${nearest(kind, allowed)}`,
  );
}
