import {
  byDefault,
  given,
  unknownAt,
  type Knowable,
  type Setting,
  type Workload,
} from "@evenkeel/core/model";
import type { PROXY_PROTOCOL_KEYS, ReadConfigMap } from "../kubernetes/config-map";

/** Flag of ingress controllers that names the ConfigMap with their settings: `$(POD_NAMESPACE)/ingress-nginx-controller`. */
const CONFIG_MAP_FLAG = /^--?configmap=(.+)\/([^/]+)$/;

/** An ingress controller, and how its ConfigMap says that it reads a PROXY header before every connection. */
interface Controller {
  readonly image: RegExp;
  readonly key: (typeof PROXY_PROTOCOL_KEYS)[number];
  reads(value: string): boolean | undefined;
}

const CONTROLLERS: readonly Controller[] = [
  // HAProxy Technologies' wants the header from the addresses that it names, and answers 400 without.
  {
    image: /haproxytech\/kubernetes-ingress/,
    key: "proxy-protocol",
    reads: (networks) => (/(^|[\s,])(0\.0\.0\.0|::)\/0($|[\s,])/.test(networks) ? true : undefined),
  },
  // ingress-nginx and haproxy-ingress take the header for a broken request where it is not switched on.
  {
    image: /nginx|haproxy-ingress/,
    key: "use-proxy-protocol",
    reads: (value) => value === "true",
  },
];

/** Whether the pods of these workloads read a PROXY header before every connection, where their configuration is in sight. */
export function readsProxyProtocol(
  workloads: readonly Workload[],
  configMaps: readonly ReadConfigMap[],
): Setting<boolean> | undefined {
  for (const { ref, template } of workloads) {
    for (const { image = "", args = [] } of template.spec.containers) {
      const controller = CONTROLLERS.find((one) => one.image.test(image));
      const [, namespace, name] = args.map((arg) => CONFIG_MAP_FLAG.exec(arg)).find((found) => found) ?? [];
      if (!controller || name === undefined) continue;
      const own = namespace === "$(POD_NAMESPACE)" ? ref.namespace : namespace;
      const found = configMaps.find((one) => one.ref.name === name && one.ref.namespace === own);
      if (found) return readBy(controller, found);
    }
  }
  return undefined;
}

function readBy({ key, reads }: Controller, { ref, settings }: ReadConfigMap): Setting<boolean> {
  const at = { resource: ref, path: `data["${key}"]` };
  if (!Object.hasOwn(settings, key)) return byDefault(false, at);
  const value = settings[key];
  const known: Knowable<boolean> | undefined = typeof value === "string" ? reads(value) : undefined;
  return given(known ?? unknownAt(at.path), at);
}
