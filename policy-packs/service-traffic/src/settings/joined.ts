import { documentResources, isPulumiDocument, readCluster, type PulumiResource } from "@evenkeel/adapters";
import { isMap, type Cluster } from "@evenkeel/core/model";
import type { ReadDocument } from "./documents";
import { shown, type Complain } from "./read";

/** The cluster that is deployed to: written where the setting stands, or in a file that it names. */
export function clusterSetting(
  where: string,
  written: unknown,
  read: ReadDocument,
  complain: Complain,
): Cluster | undefined {
  if (written === undefined) return undefined;
  if (typeof written === "string") {
    const document = read(written);
    if ("problem" in document) return complained(`${where}: ${written}: ${document.problem}`, complain);
    return clusterOf(`${where}: ${written}`, document.value, complain);
  }
  if (isMap(written)) return clusterOf(where, written, complain);
  return complained(`${where}: ${shown(written)}; wanted a map with nodes, or the path of a file`, complain);
}

function clusterOf(where: string, written: unknown, complain: Complain): Cluster | undefined {
  const { cluster, problems } = readCluster(written);
  for (const problem of problems) complain(`${where}: ${problem}`);
  return problems.length > 0 ? undefined : cluster;
}

/** Resources of other stacks, from files that `pulumi stack export` or `pulumi preview --json` wrote. */
export function joinSetting(
  where: string,
  written: unknown,
  read: ReadDocument,
  complain: Complain,
): readonly PulumiResource[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) {
    complain(`${where}: ${shown(written)}; wanted a list of paths`);
    return [];
  }
  return written.flatMap((path: unknown, index) => {
    const at = `${where}[${index}]`;
    if (typeof path !== "string" || path === "") {
      complain(`${at}: ${shown(path)}; wanted the path of a file`);
      return [];
    }
    const document = read(path);
    if ("problem" in document) complain(`${at}: ${path}: ${document.problem}`);
    else if (!isPulumiDocument(document.value))
      complain(`${at}: ${path}: no state; wanted what pulumi stack export writes`);
    else return documentResources(document.value);
    return [];
  });
}

function complained(problem: string, complain: Complain): undefined {
  complain(problem);
  return undefined;
}
