import { SERVICE_ARGUMENTS } from "@evenkeel/adapters";
import type { InternalPortArgs, ServiceArgs } from "../args";
import type { ChoiceArgs, InternalRequirementsArgs, PinnedArgs, RequirementsArgs } from "../decision-args";
import { ChosenPolicy, TrafficDistribution, WorkloadKind } from "../enums";
import type { WorkloadArgs } from "../workload-args";
import {
  anything,
  number,
  port,
  record,
  requirement,
  resource,
  text,
  textMap,
  whole,
  word,
  type Check,
  type Fields,
} from "./checks";
import { shapeProblems } from "./cluster";
import { checksOf } from "./described";
import { isKnownThroughout } from "./now";

// Which values the arguments take that every class has.

export const servicePort: Fields<InternalPortArgs> = {
  name: text,
  port,
  targetPort: port,
  targetPortName: text,
};

export const internalRequirements: Fields<InternalRequirementsArgs> = {
  maxDropped: requirement("maxDropped"),
  maxHottest: requirement("maxHottest"),
  maxCrossNode: requirement("maxCrossNode"),
  maxCrossZone: requirement("maxCrossZone"),
  maxRolloutLossSeconds: requirement("maxRolloutLossSeconds"),
};

export const requirements: Fields<RequirementsArgs> = {
  ...internalRequirements,
  clientAddress: requirement("clientAddress"),
  minNodesServing: requirement("minNodesServing"),
  inClusterClients: requirement("inClusterClients"),
};

export const choice: Fields<ChoiceArgs> = {
  decisionFile: text,
  pinned: record<PinnedArgs>({ policy: word(ChosenPolicy), trafficDistribution: word(TrafficDistribution) }, [
    "policy",
  ]),
  betterBy: number(0, 1),
};

/** Judged by whoever reads the shape, also from files. */
const cluster: Check = (value, path) => (isKnownThroughout(value) ? shapeProblems(value, path) : []);

const workload = record<WorkloadArgs>(
  { kind: word(WorkloadKind), name: text, replicas: whole(0, Infinity), labels: textMap, spec: anything },
  ["labels"],
);

export const service: Fields<ServiceArgs> = {
  ...checksOf<ServiceArgs, typeof SERVICE_ARGUMENTS>(SERVICE_ARGUMENTS),
  workload,
  deployment: resource("a Deployment"),
  statefulSet: resource("a StatefulSet"),
  daemonSet: resource("a DaemonSet"),
  cluster,
};
