import type { ObjectRef } from "@evenkeel/core/model";
import { present } from "../reading/present";

/** A component class of `@evenkeel/pulumi`, as far as its arguments say what it creates. */
export interface ComponentKind {
  /** Name of the class, which is what messages call the resource. */
  readonly name: string;
  /** What the load balancer in front of it sends to; none where there is no load balancer, and only clients inside call it. */
  readonly targets: "instance" | "ip" | "none";
}

/** By Pulumi type token. A new class is a line here. */
const KINDS: Readonly<Record<string, ComponentKind>> = {
  "evenkeel:index:NlbInstanceService": { name: "NlbInstanceService", targets: "instance" },
  "evenkeel:index:NlbIpService": { name: "NlbIpService", targets: "ip" },
  "evenkeel:index:InternalService": { name: "InternalService", targets: "none" },
};

export function componentKind(type: string): ComponentKind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** Arguments that take a resource of the program, with the kind that it is. */
export const WORKLOAD_ARGUMENTS = {
  deployment: "Deployment",
  statefulSet: "StatefulSet",
  daemonSet: "DaemonSet",
} as const;

/** Arguments as plain JSON, with `Unknown` in place of what is not known. */
export type ComponentInputs = Readonly<Record<string, unknown>>;

export interface ComponentIdentity {
  /** The resource's name in the program. */
  readonly name: string;
  readonly urn?: string;
}

/** The component itself: what somebody edits to change what it creates. */
export function componentRef(
  { name }: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
): ObjectRef {
  return present({ kind: name, namespace: namespaceOf(inputs), name: identity.name, urn: identity.urn });
}

export function namespaceOf({ namespace }: ComponentInputs): string | undefined {
  return typeof namespace === "string" ? namespace : undefined;
}

/** Whether AWS Load Balancer Controller makes the load balancer, rather than the program. */
export function isControllerOwned({ controllerOwned }: ComponentInputs): boolean {
  return controllerOwned !== undefined && controllerOwned !== null;
}
