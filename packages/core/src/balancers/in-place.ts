import {
  byDefault,
  type AttributeValue,
  type Front,
  type HealthCheck,
  type Setting,
  type TargetKind,
} from "../model";

/** What a load balancer brings when it takes the place of another. */
export interface Newcomer {
  readonly name: string;
  /** Whoever makes it, where the one before was of another kind. */
  readonly controller: string;
  readonly targets: TargetKind;
  /** Whether it keeps the client's address unless it is configured otherwise. */
  readonly preserves: boolean;
}

/**
 * The front that another load balancer would be in place of this one, with everything kept that both have: ports, listener, the PROXY
 * header, what somebody wrote about the client's address, the health check as far as it is free. What only the other one has, its
 * attributes and servers, falls away.
 */
export function inPlace(front: Front, { name, controller, targets, preserves }: Newcomer): Front {
  const { members, ...kept } = front;
  const isSame = front.balancer === name;
  const { at } = front.targets;
  return {
    ...kept,
    ...(isSame && members ? { members } : {}),
    balancer: name,
    controller: isSame ? front.controller : { name: controller },
    targets: isSame && front.targets.value === targets ? front.targets : byDefault(targets, at),
    preservesClientAddress: keptOr(
      front.preservesClientAddress,
      preserves,
      isSame && front.targets.value === targets,
    ),
    healthCheck: front.healthCheck ?? checkOf(front),
    attributes: isSame ? front.attributes : NO_ATTRIBUTES,
  };
}

function keptOr(setting: Setting<boolean>, fallback: boolean, isSame: boolean): Setting<boolean> {
  return isSame || setting.by === "given" ? setting : byDefault(fallback, setting.at);
}

const NO_ATTRIBUTES: Readonly<Record<string, Setting<AttributeValue>>> = {};

/** Stands where there was none; whoever evaluates the front puts in what the load balancer recommends. */
function checkOf({ targets: { at } }: Front): HealthCheck {
  return {
    protocol: byDefault("TCP", at),
    port: byDefault("traffic-port", at),
    intervalSeconds: byDefault(10, at),
    timeoutSeconds: byDefault(10, at),
    healthyThreshold: byDefault(3, at),
    unhealthyThreshold: byDefault(3, at),
  };
}
