import { readRequirements, type Requirements } from "@evenkeel/core/decide";
import { isUnknown, type Cluster } from "@evenkeel/core/model";
import { clusterFromShape } from "../cluster/shape";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import type { ComponentInputs } from "./component-inputs";
import { unknownIn } from "./component-unknown";

/**
 * The cluster as the arguments describe it; without nodes core answers for its default sizes. A shape of which a part is not known
 * yet is none yet.
 */
export function clusterOf({ cluster, kubernetesVersion, dataplane }: ComponentInputs): Cluster {
  const shape = isMap(cluster) && !unknownIn(cluster, "cluster") ? cluster : {};
  const known = (value: unknown) => (isUnknown(value) ? undefined : value);
  const beside = present({ kubernetesVersion: known(kubernetesVersion), dataplane: known(dataplane) });
  return clusterFromShape({ nodes: [], ...shape, ...beside }).cluster;
}

/** What cannot be read is left out: the constructor refuses it. */
export function requirementsOf({ requirements }: ComponentInputs): Partial<Requirements> {
  return isMap(requirements) ? readRequirements(requirements).value : {};
}
