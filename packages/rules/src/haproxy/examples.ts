import { webService, type Fields } from "../examples";
import type { ExampleObject } from "../frame/example";

/** The Service `shop/web` for a HAProxy outside the cluster, which no controller claims. */
export function haproxyService(spec: Fields = {}, annotations?: Fields): ExampleObject {
  return webService({ loadBalancerClass: "evenkeel.io/unmanaged", ...spec }, annotations);
}

/** The configuration of that HAProxy, as a ConfigMap; lines are those of its one `listen` section. */
export function haproxyConfig(...lines: readonly string[]): ExampleObject {
  const text = ["listen web", "mode tcp", "bind :80", ...lines];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "haproxy", namespace: "edge" },
    data: { "haproxy.cfg": text.map((line, index) => (index === 0 ? line : `  ${line}`)).join("\n") + "\n" },
  };
}

/** One server a node, each with these settings. */
export function haproxyServers(settings = ""): readonly string[] {
  return [1, 2].map((node) => `server node${node} 192.0.2.${node}:30080 ${settings}`.trim());
}

/** The check that a Local Service needs. */
export const HTTP_CHECK = [
  "option httpchk GET /healthz",
  "http-check expect status 200",
  "default-server check port 30081",
] as const;
