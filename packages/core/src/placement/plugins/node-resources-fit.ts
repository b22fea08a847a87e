import { scalarLoad, type Load } from "../load";
import type { NodeTable } from "../node-table";
import type { Requests } from "../requests";
import { share } from "../whole-numbers";
import { MAX_SCORE, type NodeFilter } from "./plugin";

/** k/k plugins/noderesources/fit.go fitsRequest. */
export function resourcesFilter(table: NodeTable, requests: Requests): NodeFilter {
  const scalars = Object.entries(requests.scalars).filter(([, amount]) => amount > 0);
  const passes = (node: number, load: Load): boolean =>
    load.pods[node]! + 1 <= table.pods[node]! &&
    (requests.cpu === 0 || requests.cpu <= table.cpu[node]! - load.cpu[node]!) &&
    (requests.memory === 0 || requests.memory <= table.memory[node]! - load.memory[node]!) &&
    (requests.ephemeralStorage === 0 ||
      requests.ephemeralStorage <= table.ephemeralStorage[node]! - load.ephemeralStorage[node]!) &&
    scalars.every(([name, amount]) => amount <= table.scalar(name)[node]! - scalarLoad(load, name)[node]!);
  const insufficient = (node: number, load: Load): readonly Insufficient[] => [
    ...lacking("cpu", requests.cpu, table.cpu[node]!, load.cpu[node]!),
    ...lacking("memory", requests.memory, table.memory[node]!, load.memory[node]!),
    ...lacking(
      "ephemeral-storage",
      requests.ephemeralStorage,
      table.ephemeralStorage[node]!,
      load.ephemeralStorage[node]!,
    ),
    ...scalars.flatMap(([name, amount]) =>
      lacking(name, amount, table.scalar(name)[node]!, scalarLoad(load, name)[node]!),
    ),
  ];
  return {
    name: "NodeResourcesFit",
    begin: () => true,
    passes,
    reasons: (node, load) => [
      ...(load.pods[node]! + 1 > table.pods[node]! ? ["Too many pods"] : []),
      ...insufficient(node, load).map(({ resource }) => `Insufficient ${resource}`),
    ],
    resolvable: (node, load) => insufficient(node, load).every(({ beyondNode }) => !beyondNode),
  };
}

interface Insufficient {
  readonly resource: string;
  /** The empty node would not do either. */
  readonly beyondNode: boolean;
}

function lacking(resource: string, wanted: number, capacity: number, used: number): readonly Insufficient[] {
  return wanted > 0 && wanted > capacity - used ? [{ resource, beyondNode: wanted > capacity }] : [];
}

/** LeastAllocated over CPU and memory with equal weights; a resource that the node does not have is left out. */
export function leastAllocated(table: NodeTable, load: Load, requests: Requests, node: number): number {
  let sum = 0;
  let resources = 0;
  const cpu = table.cpu[node]!;
  if (cpu !== 0) {
    sum += freeShare(load.nonZeroCpu[node]! + requests.scoredCpu, cpu);
    resources++;
  }
  const memory = table.memory[node]!;
  if (memory !== 0) {
    sum += freeShare(load.nonZeroMemory[node]! + requests.scoredMemory, memory);
    resources++;
  }
  return resources === 0 ? 0 : Math.trunc(sum / resources);
}

function freeShare(requested: number, capacity: number): number {
  return requested > capacity ? 0 : share(MAX_SCORE, capacity - requested, capacity);
}
