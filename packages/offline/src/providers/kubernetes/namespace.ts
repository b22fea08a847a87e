import { load } from "js-yaml";
import { asMap } from "../../project/project";
import type { PropertyMap } from "../../values/property";

/**
 * The namespace of objects that name none: the provider's `namespace`, else that of the kubeconfig's context, else `default`.
 * A kubeconfig that cannot be read gives none (provider.go Configure). The one in the home directory is not looked at: a
 * preview must not depend on it.
 */
export function defaultNamespace(config: PropertyMap): string | undefined {
  const { namespace, kubeconfig, context } = config;
  if (typeof namespace === "string" && namespace !== "") return namespace;
  if (typeof kubeconfig !== "string" || kubeconfig === "" || isPath(kubeconfig)) return "default";
  try {
    const file = asMap(load(kubeconfig));
    const wanted = typeof context === "string" && context !== "" ? context : file["current-context"];
    const contexts = Array.isArray(file["contexts"]) ? file["contexts"].map(asMap) : [];
    const found = asMap(contexts.find(({ name }) => name === wanted)?.["context"]).namespace;
    return typeof found === "string" && found !== "" ? found : "default";
  } catch {
    return undefined;
  }
}

function isPath(kubeconfig: string): boolean {
  return !/[\n{]/.test(kubeconfig);
}
