import { Service } from "@pulumi/kubernetes/core/v1";
import type { ComponentResource } from "@pulumi/pulumi";
import { from, type Settled } from "../decision/settled";
import type { InternalWiring } from "../decision/wiring";
import type { InternalServiceArgs } from "../internal-service";
import { present } from "./inputs";
import { servicePorts } from "./ports";
import { podLabels } from "./side";

/** The Service of an InternalService: a cluster IP, which kube-proxy on the caller's node resolves to a pod. */
export function createInternalService(
  parent: ComponentResource,
  name: string,
  args: InternalServiceArgs,
  wiring: Settled<InternalWiring>,
): Service {
  const { namespace, serviceName, labels, annotations } = args;
  return new Service(
    name,
    {
      metadata: present({ namespace, name: serviceName, labels, annotations }),
      spec: present({
        type: "ClusterIP",
        internalTrafficPolicy: from(wiring, ({ internalTrafficPolicy }) => internalTrafficPolicy),
        trafficDistribution: from(wiring, ({ trafficDistribution }) => trafficDistribution),
        sessionAffinity: args.sessionAffinity ?? "None",
        selector: args.selector ?? podLabels(args),
        ports: servicePorts(args.ports),
      }),
    },
    { parent },
  );
}
