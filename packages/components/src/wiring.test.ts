import { NlbInstanceService } from "./nlb-instance-service";
import { instanceArgs } from "../testing/nlb-args";
import { ALLOCATED, registered, undefinedPlaces, UNKNOWN, type Registered } from "../testing/registered";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

const PINNED = {
  ports: [
    { name: "http", port: 80, targetPort: 8080, nodePort: 30_001 },
    { name: "https", port: 443, targetPort: 8443, nodePort: 30_002 },
  ],
  healthCheckNodePort: 30_003,
};

const PINNED_PORTS = [30_001, "30003", 30_002, "30003"];

const { nodePorts, healthCheckNodePort } = ALLOCATED;
const ALLOCATED_PORTS = [
  nodePorts[0],
  String(healthCheckNodePort),
  nodePorts[1],
  String(healthCheckNodePort),
];

function portsOf(resources: readonly Registered[]): readonly unknown[] {
  return resources
    .filter(({ type }) => type === TARGET_GROUP)
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ inputs }) => [inputs["port"], (inputs["healthCheck"] as { port?: unknown }).port]);
}

describe("target groups of a Local Service are fed from the Service", () => {
  describe.each([
    { pinned: true, clusterReachable: true, preview: true, wanted: PINNED_PORTS },
    { pinned: true, clusterReachable: false, preview: true, wanted: PINNED_PORTS },
    { pinned: false, clusterReachable: true, preview: true, wanted: ALLOCATED_PORTS },
    { pinned: false, clusterReachable: false, preview: true, wanted: Array(4).fill(UNKNOWN) },
    { pinned: true, clusterReachable: true, preview: false, wanted: PINNED_PORTS },
    { pinned: false, clusterReachable: true, preview: false, wanted: ALLOCATED_PORTS },
  ])(
    "ports pinned: $pinned, cluster reachable: $clusterReachable, preview: $preview",
    ({ pinned, wanted, ...circumstances }) => {
      let resources: readonly Registered[];
      beforeAll(async () => {
        const args = { ...instanceArgs, trafficPolicy: "Local" as const, ...(pinned ? PINNED : {}) };
        resources = await registered(() => new NlbInstanceService("web", args), circumstances);
      });

      it("with its ports", () => {
        expect(portsOf(resources)).toEqual(wanted);
      });

      it("and depend on it, whether the ports are known or not", () => {
        const groups = resources.filter(({ type }) => type === TARGET_GROUP);
        expect(groups).toHaveLength(2);
        for (const { propertyDependencies } of groups) {
          expect(propertyDependencies).toMatchObject({
            port: ["Service::web"],
            healthCheck: ["Service::web"],
          });
        }
      });

      it("and nothing is undefined", () => {
        expect(undefinedPlaces(resources)).toEqual([]);
      });
    },
  );
});
