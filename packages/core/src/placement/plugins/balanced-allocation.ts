import type { Load } from "../load";
import type { NodeTable } from "../node-table";
import type { Requests } from "../requests";
import { MAX_SCORE } from "./plugin";

/** How alike the used fractions of CPU and memory are: 100 if equal, 50 at worst. */
function balance(cpuUsed: number, cpu: number, memoryUsed: number, memory: number): number {
  if (cpu === 0 || memory === 0) return MAX_SCORE;
  const cpuFraction = Math.min(cpuUsed / cpu, 1);
  const memoryFraction = Math.min(memoryUsed / memory, 1);
  return Math.trunc((1 - Math.abs((cpuFraction - memoryFraction) / 2)) * MAX_SCORE);
}

/**
 * Score of a node by the balance that the pod leaves, or, since 1.36, by how much the pod betters it: 75 where nothing changes
 * (k/k plugins/noderesources/balanced_allocation.go balancedResourceScorer). Real requests, never the stand-ins.
 */
export function balancedAllocation(
  table: NodeTable,
  load: Load,
  requests: Requests,
  node: number,
  byImprovement: boolean,
): number {
  const cpu = table.cpu[node]!;
  const memory = table.memory[node]!;
  const cpuUsed = load.cpu[node]!;
  const memoryUsed = load.memory[node]!;
  const after = balance(cpuUsed + requests.cpu, cpu, memoryUsed + requests.memory, memory);
  if (!byImprovement) return after;
  return MAX_SCORE / 2 + Math.trunc((MAX_SCORE / 2 + after - balance(cpuUsed, cpu, memoryUsed, memory)) / 2);
}

/** Asks for neither CPU nor memory. */
export function isBestEffort({ cpu, memory }: Requests): boolean {
  return cpu === 0 && memory === 0;
}
