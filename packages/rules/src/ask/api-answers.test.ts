import { readKubernetes } from "@evenkeel/adapters";
import type { Finding } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement } from "..";
import { deployment, LOCAL, nlbService } from "../examples";

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function refused(...objects: readonly object[]): readonly Finding[] {
  const { exposures } = readKubernetes(objects.map((object) => ({ object })));
  return check(CATALOGUE, { exposures }, enforcement).findings.filter(({ rule }) =>
    rule.endsWith("-accepted-by-api-server"),
  );
}

const NODE_PORT_SERVICE = { type: "NodePort", loadBalancerClass: undefined };

const spread = (constraint: object, kind = "Deployment"): object => ({
  ...deployment({
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [{ name: "web", image: "web:1" }],
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            labelSelector: { matchLabels: { app: "web" } },
            ...constraint,
          },
        ],
      },
    },
  }),
  kind,
});

test.each<[string, readonly object[], readonly string[]]>([
  [
    "a range that is none, at its index",
    [nlbService({}, { loadBalancerSourceRanges: ["192.0.2.1"] })],
    ["K8S:spec.LoadBalancerSourceRanges[i]", "K8S:spec.LoadBalancerSourceRanges"],
  ],
  [
    "a range where none may be",
    [nlbService({}, { ...NODE_PORT_SERVICE, loadBalancerSourceRanges: ["192.0.2.0/24"] })],
    ["K8S:spec.LoadBalancerSourceRanges"],
  ],
  [
    "one port under two names",
    [
      nlbService(
        {},
        {
          ports: [
            { name: "a", port: 80, nodePort: 30080 },
            { name: "b", port: 80, nodePort: 30090 },
          ],
        },
      ),
    ],
    ["K8S:spec.ports[i]", "K8S:spec.ports[i].name"],
  ],
  [
    "a health-check node port that is no port",
    [nlbService({}, { ...LOCAL, healthCheckNodePort: 70000 })],
    ["K8S:-", "K8S:spec.healthCheckNodePort"],
  ],
  [
    "a health-check node port out of range",
    [nlbService({}, { ...LOCAL, healthCheckNodePort: 8080 })],
    ["K8S:-"],
  ],
  [
    "minDomains where pods may go anyway",
    [nlbService(), spread({ minDomains: 2, whenUnsatisfiable: "ScheduleAnyway" })],
    [
      "K8S:spec.template.spec.topologySpreadConstraints[i].minDomains",
      "K8S:…topologySpreadConstraints[i].minDomains",
    ],
  ],
])("%s stands for the row of the facts that tells of it", (_, objects, facts) => {
  expect(refused(...objects).map((finding) => finding.facts)).toEqual([facts]);
});

test.each([
  ["a distribution of no such name", [nlbService({}, { trafficDistribution: "PreferNode" })]],
  ["the template of a StatefulSet", [nlbService(), spread({ maxSkew: 0 }, "StatefulSet")]],
])("%s is refused whichever release reads it", (_, objects) => {
  expect(refused(...objects)).toMatchObject([{ level: "mandatory" }]);
  expect(refused(...objects)[0]).not.toHaveProperty("assumption");
});

test("host bits, which releases before 1.36 take, rest on the version", () => {
  expect(refused(nlbService({}, { loadBalancerSourceRanges: ["192.0.2.1/24"] }))).toMatchObject([
    { level: "advisory" },
  ]);
});
