import type {
  ControllerOwnedArgs,
  HealthCheckArgs,
  NlbInstancePortArgs,
  NlbPortArgs,
  NlbServiceArgs,
  PulumiOwnedArgs,
  PulumiOwnedInstanceArgs,
  TargetGroupBindingArgs,
} from "../args";
import type { RequirementsArgs } from "../decision-args";
import {
  HealthCheckProtocol,
  InternalTrafficPolicy,
  Scheme,
  SessionAffinity,
  TrafficDistribution,
  TrafficPolicy,
} from "../enums";
import type { NlbInstanceServiceArgs } from "../nlb-instance-service";
import type { NlbIpServiceArgs } from "../nlb-ip-service";
import { choice, requirements, service, servicePort } from "./service";
import { flag, listOf, port, record, text, textMap, whole, word, type Check, type Fields } from "./checks";

// Which values each argument takes. Ranges of the health check: Elastic Load Balancing v2 API, CreateTargetGroup.

const nlbPort: Fields<NlbPortArgs> = servicePort;

const healthCheck = record<HealthCheckArgs>({
  protocol: word(HealthCheckProtocol),
  port,
  path: text,
  matcher: text,
  intervalSeconds: whole(5, 300),
  timeoutSeconds: whole(2, 120),
  healthyThreshold: whole(2, 10),
  unhealthyThreshold: whole(2, 10),
});

const targetGroupBinding = record<TargetGroupBindingArgs>({ allowFrom: listOf(text) });

const pulumiOwned: Fields<PulumiOwnedArgs> = {
  vpcId: text,
  subnets: listOf(text, 1),
  securityGroups: listOf(text),
  targetGroupBinding,
};

const shared: Fields<NlbServiceArgs> = {
  ...service,
  internalTrafficPolicy: word(InternalTrafficPolicy),
  trafficDistribution: word(TrafficDistribution),
  scheme: word(Scheme),
  crossZone: flag,
  proxyProtocol: flag,
  preserveClientAddress: flag,
  healthCheck,
  controllerOwned: record<ControllerOwnedArgs>({ subnets: listOf(text, 1) }),
  tags: textMap,
  requirements: record<RequirementsArgs>(requirements),
};

export const instanceArguments: Check = record<NlbInstanceServiceArgs>(
  {
    ...shared,
    ...choice,
    ports: listOf(record<NlbInstancePortArgs>({ ...nlbPort, nodePort: port }, ["name", "port"]), 1),
    trafficPolicy: word(TrafficPolicy),
    sessionAffinity: word(SessionAffinity),
    healthCheckNodePort: port,
    pulumiOwned: record<PulumiOwnedInstanceArgs>({ ...pulumiOwned, autoScalingGroups: listOf(text, 1) }, [
      "vpcId",
      "subnets",
    ]),
  },
  ["ports", "scheme"],
);

export const ipArguments: Check = record<NlbIpServiceArgs>(
  {
    ...shared,
    ports: listOf(record<NlbPortArgs>(nlbPort, ["name", "port"]), 1),
    pulumiOwned: record<PulumiOwnedArgs>(pulumiOwned, ["vpcId", "subnets"]),
  },
  ["ports", "scheme"],
);
