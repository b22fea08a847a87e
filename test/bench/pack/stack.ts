import type { WireResource } from "../../../policy-packs/service-traffic/test/wire";
import {
  annotatedService,
  deployment,
  KUBE_PROXY_CHECK,
  LOCAL,
  targetGroup,
} from "../../../policy-packs/service-traffic/test/resources";

const FIRST_NODE_PORT = 30_000;

/** Services, Deployments, target groups and instances in equal parts, each as a real stack would have it, and nothing wrong with any. */
export function benchmarkStack(size: number): readonly WireResource[] {
  return Array.from({ length: Math.floor(size / 4) }, (_, index) => {
    const name = `app-${index}`;
    const nodePort = FIRST_NODE_PORT + 2 * index;
    const healthCheckNodePort = nodePort + 1;
    const service = annotatedService(
      name,
      { "healthcheck-interval": "10" },
      { ...LOCAL, healthCheckNodePort, ports: [{ name: "http", port: 80, targetPort: 8080, nodePort }] },
    );
    const healthCheck = { ...KUBE_PROXY_CHECK, port: String(healthCheckNodePort) };
    return [
      service,
      deployment(name),
      targetGroup(name, { port: nodePort, healthCheck }, { from: service }),
      instance(name),
    ];
  }).flat();
}

function instance(name: string): WireResource {
  return {
    type: "aws:ec2/instance:Instance",
    name,
    inputs: {
      ami: "ami-0abcdef1234567890",
      instanceType: "m6i.large",
      subnetId: "subnet-0a1b2c3d",
      vpcSecurityGroupIds: ["sg-1", "sg-2"],
      rootBlockDevice: { volumeSize: 50, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
      tags: { Name: name, team: "shop", environment: "production", "cost-centre": "1234" },
      userData: "#!/bin/sh\nset -eu\n/opt/bootstrap.sh --cluster shop --region eu-west-1\n",
    },
  };
}
