import { aws } from "@evenkeel/core/balancers";
import { displayName, type Front, type Missing, type Service } from "@evenkeel/core/model";

/** What stands in front of a Service by its own annotations and class, and what cannot be said. */
export interface ServiceFronts {
  readonly fronts: readonly Front[];
  readonly missing: readonly Missing[];
}

/** The fronts that a controller of AWS builds for the Service, one a port; none where no such controller takes it. */
export function serviceFronts(service: Service, settings: aws.ClaimSettings = {}): ServiceFronts {
  const claim = aws.awsClaim(service, settings);
  if (claim.by === "nobody") return { fronts: [], missing: [frontMissing(claim.reason, claim.how)] };
  if (claim.by === "unknown") {
    const detail = `who builds the load balancer for ${displayName(service.ref)} depends on ${claim.unknown.path}, which is not known yet`;
    return { fronts: [], missing: [frontMissing(detail, "set spec.loadBalancerClass to a plain value")] };
  }
  const outcome =
    claim.by === "cloud-provider-aws" ? aws.ccmBuild(service) : aws.lbcBuild(service, settingsOf(claim.by));
  if ("refusal" in outcome) {
    const { at, seen, wanted } = outcome.refusal;
    return {
      fronts: [],
      missing: [
        frontMissing(
          `${claim.by} refuses the Service: ${at.path}: ${seen}; wanted ${wanted}`,
          `set it to ${wanted}`,
        ),
      ],
    };
  }
  const { scheme, attributes, listeners, left } = outcome.built;
  return {
    fronts: listeners.map(({ servicePort, protocol, port, targetGroup }): Front => ({
      balancer: "nlb",
      controller: { name: claim.by },
      resource: service.ref,
      related: [],
      servicePort,
      listener: { protocol, port },
      targets: targetGroup.targets,
      targetPort: targetGroup.port,
      scheme,
      healthCheck: targetGroup.healthCheck,
      proxyProtocol: targetGroup.proxyProtocol,
      preservesClientAddress: targetGroup.preservesClientAddress,
      attributes: aws.frontAttributes(targetGroup.attributes, attributes),
    })),
    missing: left.map(({ port, reason }) =>
      frontMissing(
        `port ${String(port.name || port.port)} of ${displayName(service.ref)} gets no listener: ${reason}`,
        "change the port",
      ),
    ),
  };
}

/** EKS Auto Mode runs the same controller with pods as its default targets. */
function settingsOf(controller: aws.AwsController): aws.LbcSettings {
  return controller === "eks-auto-mode" ? { defaultTargetType: "ip" } : {};
}

function frontMissing(detail: string, how: string): Missing {
  return { what: "front", detail, how };
}
