import { orElse, reachesNodes, type Front, type FrontMember } from "../../model";
import type { Target, Weigh } from "../balancer";
import { certain, evenly } from "../weigh";

/**
 * By the servers' weights, which every algorithm of `balance` follows in the long run, but for `first`, which fills one server before
 * it uses the next. Backup servers, the first of them or with `option allbackups` all, serve only where no other does.
 */
export function weighServers(targets: readonly Target[], front: Front): Weigh {
  const { members = [] } = front;
  const kind = orElse(front.targets.value, "node");
  const own = targets.map((target) => members.filter((member) => isAt(member, target)));
  const alike = evenly(targets, kind);
  const active = own.map((servers) => weightOf(servers.filter(({ backup }) => !backup)));
  const backups = own.map((servers) => weightOf(servers.filter(({ backup }) => backup)));
  const order = own.map((servers) => Math.min(...servers.map((one) => members.indexOf(one))));
  const fillsFirst = attribute(front, "balance") === "first";
  const allBackups = attribute(front, "option allbackups") === true;
  return (entered, pods) => {
    if (entered.every((target) => (own[target]?.length ?? 0) === 0)) return alike(entered, pods);
    const isActive = entered.some((target) => (active[target] ?? 0) > 0);
    const weights = isActive ? active : backups;
    const onlyOne = isActive ? fillsFirst : !allBackups;
    const used = onlyOne ? firstOf(entered, weights, order) : entered;
    const total = used.reduce((sum, target) => sum + (weights[target] ?? 0), 0);
    const fractions = new Array<number>(targets.length).fill(0);
    for (const target of used) fractions[target] = total > 0 ? (weights[target] ?? 0) / total : 0;
    return certain(fractions);
  };

  function isAt({ node, address }: FrontMember, target: Target): boolean {
    if (reachesNodes(kind)) return node !== undefined && node === target.node;
    return target.address !== undefined && address.value === target.address;
  }
}

function weightOf(servers: readonly FrontMember[]): number {
  return servers.reduce((total, { weight }) => total + orElse(weight.value, 1), 0);
}

/** The target whose server comes first in the configuration. */
function firstOf(
  entered: readonly number[],
  weights: readonly number[],
  order: readonly number[],
): readonly number[] {
  const usable = entered.filter((target) => (weights[target] ?? 0) > 0);
  const first = usable.reduce<number | undefined>(
    (best, target) =>
      best === undefined || (order[target] ?? Infinity) < (order[best] ?? Infinity) ? target : best,
    undefined,
  );
  return first === undefined ? [] : [first];
}

function attribute({ attributes }: Front, name: string): unknown {
  return attributes[name]?.value;
}
