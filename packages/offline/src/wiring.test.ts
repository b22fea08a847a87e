import { kubernetes, preview, unknown, unknownPaths, type PropertyValue, type Resource } from "./index";
import { Projects } from "../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

/** A target group fed from a Service's outputs, as the wiring between the two is written: not known yet means unknown. */
const wiring = (pinned: boolean): string => `
const pulumi = require("@pulumi/pulumi");
const { Service } = require("@pulumi/kubernetes/core/v1");
const { TargetGroup } = require("@pulumi/aws/lb");
const service = new Service("web", {
  spec: {
    type: "LoadBalancer", externalTrafficPolicy: "Local", loadBalancerClass: "example.com/unmanaged",
    ports: [{ port: 80${pinned ? ", nodePort: 30001" : ""} }]${pinned ? ", healthCheckNodePort: 30002" : ""},
  },
});
const known = (value) => value ?? pulumi.unknown;
new TargetGroup("web", {
  port: service.spec.ports[0].nodePort.apply(known), protocol: "TCP", vpcId: "vpc-1",
  healthCheck: { protocol: "HTTP", path: "/healthz", port: service.spec.healthCheckNodePort.apply(known).apply(String) },
});
`;

const at = (resource: Resource, ...path: (string | number)[]): PropertyValue | undefined =>
  path.reduce<PropertyValue | undefined>(
    (value, key) => (value as Record<string | number, PropertyValue>)[key],
    resource.outputs,
  );

describe.each([true, false])("ports pinned: %s", (pinned) => {
  test.each(["reachable", "unreachable"] as const)("cluster %s", async (cluster) => {
    const { resources } = await preview({
      program: projects.program(wiring(pinned)),
      providers: { kubernetes: () => kubernetes({ cluster }) },
    });
    const find = (type: string): Resource => {
      const found = resources.find((resource) => resource.type === type);
      if (!found) throw new Error(`no ${type}`);
      return found;
    };
    const service = find("kubernetes:core/v1:Service");
    const group = find("aws:lb/targetGroup:TargetGroup");

    // The edge from the one to the other is there, whatever is known of the values.
    expect(group.propertyDependencies).toMatchObject({ port: [service.urn], healthCheck: [service.urn] });
    expect(JSON.stringify(resources)).not.toContain('"undefined"');
    const { port, healthCheck } = group.inputs;
    if (pinned) {
      expect(port).toBe(30001);
      expect(healthCheck).toMatchObject({ port: "30002" });
    } else if (cluster === "reachable") {
      expect(port).toBe(at(service, "spec", "ports", 0, "nodePort"));
      expect(port).toBeGreaterThanOrEqual(30086);
      expect(healthCheck).toMatchObject({ port: String(at(service, "spec", "healthCheckNodePort")) });
    } else {
      expect(port).toBe(unknown);
      expect(unknownPaths(group.inputs)).toEqual(["healthCheck.port", "port"]);
    }
  });
});
