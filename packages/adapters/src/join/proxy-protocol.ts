import { byDefault, given, unknownAt, type Setting, type Workload } from "@evenkeel/core/model";
import { USE_PROXY_PROTOCOL_PATH, type ReadConfigMap } from "../kubernetes/config-map";

/** Flag of ingress-nginx that names the ConfigMap with its settings: `$(POD_NAMESPACE)/ingress-nginx-controller`. */
const CONFIG_MAP_FLAG = /^--?configmap=(.+)\/([^/]+)$/;

/**
 * Whether the pods of these workloads read a PROXY header before every connection, where that can be seen: ingress-nginx reads one
 * where `use-proxy-protocol` is true in the ConfigMap that its flag names, and else takes it for a broken request.
 */
export function readsProxyProtocol(
  workloads: readonly Workload[],
  configMaps: readonly ReadConfigMap[],
): Setting<boolean> | undefined {
  for (const { ref, template } of workloads) {
    for (const { image = "", args = [] } of template.spec.containers) {
      const [, namespace = "", name] =
        args.map((arg) => CONFIG_MAP_FLAG.exec(arg)).find((found) => found) ?? [];
      if (name === undefined || !/nginx/.test(image)) continue;
      const own = namespace === "$(POD_NAMESPACE)" ? ref.namespace : namespace;
      const found = configMaps.find((one) => one.ref.name === name && one.ref.namespace === own);
      if (!found) continue;
      const at = { resource: found.ref, path: USE_PROXY_PROTOCOL_PATH };
      const { useProxyProtocol: value } = found;
      if (value === undefined) return byDefault(false, at);
      return given(typeof value === "string" ? value === "true" : unknownAt(at.path), at);
    }
  }
  return undefined;
}
