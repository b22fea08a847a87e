import type {
  ControllerOwnedArgs,
  HealthCheckArgs,
  NlbInstancePortArgs,
  NlbPortArgs,
  NlbServiceArgs,
  PulumiOwnedArgs,
  PulumiOwnedInstanceArgs,
  RequirementsArgs,
  TargetGroupBindingArgs,
} from "../args";
import {
  ClientAddress,
  Dataplane,
  HealthCheckProtocol,
  InternalTrafficPolicy,
  Scheme,
  SessionAffinity,
  TrafficDistribution,
  TrafficPolicy,
  WorkloadKind,
} from "../enums";
import type { NlbInstanceServiceArgs } from "../nlb-instance-service";
import type { NlbIpServiceArgs } from "../nlb-ip-service";
import type { WorkloadArgs } from "../workload-args";
import { shapeProblems } from "./cluster";
import { isKnownThroughout } from "./now";
import {
  anything,
  flag,
  listOf,
  number,
  port,
  record,
  resource,
  text,
  textMap,
  whole,
  word,
  type Check,
  type Fields,
} from "./checks";

// Which values each argument takes. Ranges of the health check: Elastic Load Balancing v2 API, CreateTargetGroup.

const nlbPort: Fields<NlbPortArgs> = { name: text, port, targetPort: port, targetPortName: text };

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

const requirements = record<RequirementsArgs>({
  clientAddress: word(ClientAddress),
  maxHottest: number(1, Infinity),
  minNodesServing: whole(1, Infinity),
  maxDropped: number(0, 1),
});

/** Judged by whoever reads the shape, also from files. */
const cluster: Check = (value, path) => (isKnownThroughout(value) ? shapeProblems(value, path) : []);

const workload = record<WorkloadArgs>(
  { kind: word(WorkloadKind), name: text, replicas: whole(0, Infinity), labels: textMap, spec: anything },
  ["labels"],
);

const targetGroupBinding = record<TargetGroupBindingArgs>({ allowFrom: listOf(text) });

const pulumiOwned: Fields<PulumiOwnedArgs> = {
  vpcId: text,
  subnets: listOf(text, 1),
  securityGroups: listOf(text),
  targetGroupBinding,
};

const shared: Fields<NlbServiceArgs> = {
  namespace: text,
  serviceName: text,
  labels: textMap,
  annotations: textMap,
  selector: textMap,
  internalTrafficPolicy: word(InternalTrafficPolicy),
  trafficDistribution: word(TrafficDistribution),
  scheme: word(Scheme),
  crossZone: flag,
  proxyProtocol: flag,
  preserveClientAddress: flag,
  healthCheck,
  controllerOwned: record<ControllerOwnedArgs>({ subnets: listOf(text, 1) }),
  tags: textMap,
  workload,
  deployment: resource("a Deployment"),
  statefulSet: resource("a StatefulSet"),
  daemonSet: resource("a DaemonSet"),
  cluster,
  clusterFile: text,
  kubernetesVersion: text,
  dataplane: word(Dataplane),
  requirements,
};

export const instanceArguments: Check = record<NlbInstanceServiceArgs>(
  {
    ...shared,
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
