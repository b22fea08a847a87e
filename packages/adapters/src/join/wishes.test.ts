import type { Wishes } from "@evenkeel/core/model";
import { readKubernetes } from "./kubernetes";

const service = (spec: object = {}, more: object = {}, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }], ...spec },
  ...more,
});

const workload = (name: string, container: object) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "shop" },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: `${name}:1`, ...container }] },
    },
  },
});

const env = (value: unknown) => ({ env: [{ name: "API", value }] });
const status = (ingress: object) => ({ status: { loadBalancer: { ingress: [ingress] } } });
const ADDRESS = "203.0.113.10";

function wishes(...objects: readonly object[]): Wishes | undefined {
  return readKubernetes(objects.map((object) => ({ object }))).exposures[0]?.wishes;
}

test.each([
  ["in the environment", service({ loadBalancerIP: ADDRESS }), env(`http://${ADDRESS}/v1`)],
  ["as an argument", service({ loadBalancerIP: ADDRESS }), { args: ["--upstream", `${ADDRESS}:80`] }],
  ["in the command", service({}, status({ ip: ADDRESS })), { command: ["sh", "-c", `nc ${ADDRESS} 80`] }],
  [
    "as one of two that MetalLB is asked for",
    service({}, {}, { annotations: { "metallb.io/loadBalancerIPs": `${ADDRESS},2001:db8::1` } }),
    env("http://[2001:db8::1]:80"),
  ],
])("a pod that is told of the load balancer's address is a client: %s", (_, exposed, container) => {
  expect(wishes(exposed, workload("client", container))).toEqual({ inClusterClients: true });
});

test.each([
  ["another address", service({ loadBalancerIP: ADDRESS }), workload("client", env("http://203.0.113.100/"))],
  ["a range", service({ loadBalancerIP: ADDRESS }), workload("client", env(`${ADDRESS}/32`))],
  [
    "the pods behind, which tell it to others",
    service({ loadBalancerIP: ADDRESS }),
    workload("web", env(ADDRESS)),
  ],
  [
    "an address that is not kube-proxy's",
    service({}, status({ ip: ADDRESS, ipMode: "Proxy" })),
    workload("client", env(ADDRESS)),
  ],
  [
    "no text",
    service({ loadBalancerIP: ADDRESS }),
    workload("client", { env: 7, args: [null], command: {} }),
  ],
])("who is no client: %s", (_, exposed, other) => {
  expect(wishes(exposed, other)).toBeUndefined();
});
