import type { InternalPortArgs } from "../args";
import type { InternalRequirementsArgs } from "../decision-args";
import { InternalTrafficPolicyChoice, SessionAffinity, TrafficDistribution } from "../enums";
import type { InternalServiceArgs } from "../internal-service";
import { listOf, record, word, type Check } from "./checks";
import { choice, internalRequirements, service, servicePort } from "./service";

/** Which values the arguments of an InternalService take. */
export const internalArguments: Check = record<InternalServiceArgs>(
  {
    ...service,
    ...choice,
    ports: listOf(record<InternalPortArgs>(servicePort, ["name", "port"]), 1),
    internalTrafficPolicy: word(InternalTrafficPolicyChoice),
    trafficDistribution: word(TrafficDistribution),
    sessionAffinity: word(SessionAffinity),
    requirements: record<InternalRequirementsArgs>(internalRequirements),
  },
  ["ports"],
);
