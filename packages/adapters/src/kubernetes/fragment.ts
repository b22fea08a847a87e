import { isMap } from "../reading/field";
import { isStored, type OpenObject } from "./object";

/** One of these at least is in every Service that somebody means to create. */
const OF_A_WHOLE = ["type", "ports", "selector", "clusterIP", "clusterIPs", "externalName"];

/**
 * Whether a Service object is only a part of one, as the patches beside a kustomization are: of its spec it has nothing that makes a
 * Service, or it says itself that it is a patch (`$patch`). What a cluster or a program holds is whole.
 */
export function isFragment(object: OpenObject): boolean {
  const {
    ref,
    field: { value },
  } = object;
  if (ref.urn !== undefined || !isMap(value)) return false;
  if (Object.hasOwn(value, "$patch")) return true;
  if (isStored(object)) return false;
  const { spec = {} } = value;
  // A spec that is no map at all is a mistake, of which the API server speaks; an unknown one may be anything.
  return isMap(spec) && spec.unknown !== true && !OF_A_WHOLE.some((key) => Object.hasOwn(spec, key));
}
