import { readKubernetes } from "@evenkeel/adapters";
import { isUnknown, unknownAt, type Service, type Unknown } from "@evenkeel/core/model";
import { LOCAL, webService } from "../examples";
import { isHealthCheckNodePort, isOwnNodePort } from "./ports";

function serviceOf(spec: Readonly<Record<string, unknown>>): Service {
  const object = JSON.parse(JSON.stringify(webService(spec)));
  const [exposure] = readKubernetes([{ object }]).exposures;
  if (!exposure) throw new Error("no exposure");
  return exposure.service;
}

const pinned = serviceOf(LOCAL);
const open = serviceOf({ externalTrafficPolicy: "Local", ports: [{ name: "http", port: 80 }] });

function nodePortOf({ ports }: Service): Unknown {
  const nodePort = ports[0]?.nodePort;
  if (!isUnknown(nodePort)) throw new Error("the node port is known");
  return nodePort;
}

const pinnedTwice = serviceOf({ ...LOCAL, ports: [{ port: 80, nodePort: 30081 }] });

const from = (field: string, resource = "Service/shop/web") =>
  unknownAt("healthCheck.port", { resource, field });

test.each([
  ["its number", 30081, pinned, true],
  ["the node port's number", 30080, pinned, false],
  ["a number that is the node port's too", 30081, pinnedTwice, true],
  ["another number", 30082, pinned, false],
  ["the traffic port", "traffic-port", open, false],
  ["a number outside the pool", 8086, open, false],
  ["the node port before it is allocated", nodePortOf(open), open, false],
  ["what comes from this Service's node port", from("spec.ports[0].nodePort"), open, false],
  ["what comes from this Service's health-check node port", from("spec.healthCheckNodePort"), open, true],
] as const)("the health-check node port: %s", (_, port, service, wanted) => {
  expect(isHealthCheckNodePort(port, service)).toBe(wanted);
});

test.each([
  ["a number of the pool, which may be allocated", 30082],
  ["a port that nothing is known of", unknownAt("healthCheck.port")],
  ["a port of the Service, not saying which", unknownAt("x", { resource: "Service/shop/web" })],
  ["another Service's health-check node port", from("spec.healthCheckNodePort", "Service/shop/api")],
  ["another Service's node port", from("spec.ports[0].nodePort", "Service/shop/api")],
] as const)("cannot be decided: %s", (_, port) => {
  expect(isHealthCheckNodePort(port, open)).toMatchObject({ unknown: true });
  if (isUnknown(port)) expect(isOwnNodePort(port, open)).toBe(false);
});
