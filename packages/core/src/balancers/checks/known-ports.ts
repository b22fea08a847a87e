import { DEFAULT_NODE_PORT_RANGE } from "../../api/allocation/api-server";

/** Port of kube-proxy's own health; Kubernetes `pkg/cluster/ports`. */
export const KUBE_PROXY_HEALTH_PORT = 10256;

/** Port of the kubelet, open on every address of every node; Kubernetes `pkg/cluster/ports`. */
export const KUBELET_PORT = 10250;

/** Health ports of proxies that do not parse a PROXY header there. */
export const PLAIN_HEALTH_PORTS: Readonly<Record<number, string>> = {
  10254: "ingress-nginx's health port",
  10256: "kube-proxy's own health port",
  15021: "Istio's health port",
};

/**
 * Whether a port can be a node port or health-check node port: both are drawn from one range, and a number outside of it is refused.
 * The range is the default one, unless the API server is configured otherwise.
 */
export function isNodePort(port: number): boolean {
  return port >= DEFAULT_NODE_PORT_RANGE.first && port <= DEFAULT_NODE_PORT_RANGE.last;
}
