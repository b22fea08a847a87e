import { unknownAt, type Service } from "@evenkeel/core/model";
import { openObject } from "./object";
import { readService } from "./service";

function read(spec: object, metadata: object = {}, status?: object): Service {
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "web", ...metadata }, spec, status };
  const opened = openObject({ object });
  if (!opened) throw new Error("not opened");
  return readService(opened).service;
}

const LOCAL = { type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80 }] };

test("defaults are those of the API server, in the default namespace", () => {
  expect(read({ ports: [{ port: 80 }], selector: { app: "web" } })).toEqual({
    ref: { kind: "Service", namespace: "default", name: "web" },
    labels: {},
    annotations: {},
    type: "ClusterIP",
    headless: false,
    selector: { app: "web" },
    ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 80 }],
    internalTrafficPolicy: "Cluster",
    loadBalancerSourceRanges: [],
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    externalIPs: [],
    ipFamilies: expect.objectContaining({ unknown: true }),
    ingress: [],
  });
});

test("what the server will allocate is unknown until then, and says that it is this Service's own field", () => {
  const service = read(LOCAL, { namespace: "shop" });
  const origin = { resource: "Service/shop/web", field: "spec.healthCheckNodePort" };
  expect(service.healthCheckNodePort).toMatchObject({
    unknown: true,
    path: "spec.healthCheckNodePort",
    origin,
  });
  expect(service.ports[0]?.nodePort).toMatchObject({ unknown: true, path: "spec.ports[0].nodePort" });
});

test("by URN, for a Service of a program", () => {
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: LOCAL };
  const opened = openObject({ object, urn: "urn:pulumi:dev::shop::kubernetes:core/v1:Service::web" });
  if (!opened) throw new Error("not opened");
  const { healthCheckNodePort } = readService(opened).service;
  expect(healthCheckNodePort).toMatchObject({
    origin: { resource: "urn:pulumi:dev::shop::kubernetes:core/v1:Service::web" },
  });
});

test("a Service that was read from a cluster has got all it will ever get", () => {
  const service = read(LOCAL, { uid: "2f1b7a3e" });
  expect(service.healthCheckNodePort).toBeUndefined();
  expect(service.ports[0]?.nodePort).toBeUndefined();
});

test("an unknown in one port hides nothing of the other", () => {
  const ports = [
    { name: "a", port: unknownAt("spec.ports[0].port"), nodePort: 30080 },
    { name: "b", port: 443, nodePort: 30443 },
  ];
  expect(read({ type: "NodePort", ports }).ports).toEqual([
    expect.objectContaining({ name: "a", port: unknownAt("spec.ports[0].port"), nodePort: 30080 }),
    expect.objectContaining({ name: "b", port: 443, targetPort: 443, nodePort: 30443 }),
  ]);
});

test("a word that the server refuses leaves the field open", () => {
  expect(read({ ...LOCAL, externalTrafficPolicy: "local" }).externalTrafficPolicy).toMatchObject({
    unknown: true,
  });
  expect(read({ type: "Loadbalancer", ports: [{ port: 80 }] }).type).toMatchObject({ unknown: true });
});

test("an empty selector selects nobody, and one unknown value makes the whole unknown", () => {
  expect(read({ selector: {} }).selector).toBeUndefined();
  const selector = { app: "web", tier: unknownAt("spec.selector.tier") };
  expect(read({ selector }).selector).toMatchObject({ unknown: true, path: "spec.selector.tier" });
});

test("addresses of the load balancer", () => {
  const ingress = [{ ip: "192.0.2.1" }, { hostname: "lb.example.com" }];
  expect(read({ type: "LoadBalancer" }, {}, { loadBalancer: { ingress } }).ingress).toEqual([
    { ip: "192.0.2.1", ipMode: "VIP" },
    { hostname: "lb.example.com" },
  ]);
});
