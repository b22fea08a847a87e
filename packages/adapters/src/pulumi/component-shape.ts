import { readRequirements, type Requirements } from "@evenkeel/core/decide";
import type { Cluster } from "@evenkeel/core/model";
import { clusterFromShape } from "../cluster/shape";
import { isMap } from "../reading/field";
import type { ComponentInputs } from "./component-inputs";
import { unknownIn } from "./component-unknown";

/**
 * The cluster as the arguments describe it; without nodes core answers for its default sizes. What is not known yet is left out: of
 * nodes all of them, since a part of a cluster is another cluster; the version and the data plane stand by themselves.
 */
export function clusterOf({ cluster, kubernetesVersion, dataplane }: ComponentInputs): Cluster {
  const shape = isMap(cluster) ? known(cluster) : {};
  return clusterFromShape({ nodes: [], ...shape, ...known({ kubernetesVersion, dataplane }) }).cluster;
}

/** The members that are known throughout. */
function known(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(map).filter(([key, value]) => value !== undefined && !unknownIn(value, key)),
  );
}

/** What cannot be read is left out: the constructor refuses it. */
export function requirementsOf({ requirements }: ComponentInputs): Partial<Requirements> {
  return isMap(requirements) ? readRequirements(requirements).value : {};
}
