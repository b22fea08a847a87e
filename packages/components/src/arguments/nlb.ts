import { HEALTH_CHECK_ARGUMENTS, NLB_ARGUMENTS, NLB_FLAGS } from "@evenkeel/adapters";
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
import { InternalTrafficPolicy, SessionAffinity, TrafficDistribution, TrafficPolicy } from "../enums";
import type { NlbInstanceServiceArgs } from "../nlb-instance-service";
import type { NlbIpServiceArgs } from "../nlb-ip-service";
import { choice, requirements, service, servicePort } from "./service";
import { listOf, port, record, text, word, type Check, type Fields } from "./checks";
import { checksOf } from "./described";

// Which values each argument takes.

const nlbPort: Fields<NlbPortArgs> = servicePort;

const healthCheck = record<HealthCheckArgs>(checksOf<HealthCheckArgs>(HEALTH_CHECK_ARGUMENTS));

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
  ...checksOf<NlbServiceArgs, typeof NLB_ARGUMENTS>(NLB_ARGUMENTS),
  ...checksOf<NlbServiceArgs, typeof NLB_FLAGS>(NLB_FLAGS),
  healthCheck,
  controllerOwned: record<ControllerOwnedArgs>({ subnets: listOf(text, 1) }),
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
