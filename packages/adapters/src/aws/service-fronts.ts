import { aws } from "@evenkeel/core/balancers";
import { displayName, isKnown, type Front, type Missing, type Service } from "@evenkeel/core/model";

/** How the controllers of AWS are set up in this cluster; what is left out has their defaults. */
export interface AwsSettings {
  readonly loadBalancerController?: aws.LbcSettings;
  readonly cloudProvider?: aws.CcmSettings;
}

/** What stands in front of a Service by its own annotations and class, and what cannot be said. */
export interface ServiceFronts {
  readonly fronts: readonly Front[];
  readonly missing: readonly Missing[];
}

/** The fronts that a controller of AWS builds for the Service, one a port; none where no such controller takes it. */
export function serviceFronts(service: Service, settings: AwsSettings = {}): ServiceFronts {
  const claim = aws.awsClaim(service, settings.loadBalancerController);
  if (claim.by === "nobody")
    return { fronts: [], missing: isWaiting(service) ? [frontMissing(claim.reason, claim.how)] : [] };
  if (claim.by === "unknown") {
    const detail = `who builds the load balancer for ${displayName(service.ref)} depends on ${claim.unknown.path}, which is not known yet`;
    return { fronts: [], missing: [frontMissing(detail, `set ${claim.unknown.path} to a plain value`)] };
  }
  const outcome = build(service, claim.by, settings);
  if ("refusal" in outcome) {
    const { at, seen, wanted } = outcome.refusal;
    const detail = `${claim.by} refuses ${displayName(service.ref)}: ${at.path}: ${seen}; wanted ${wanted}`;
    // The webhook that comes with AWS Load Balancer Controller may give a Service without a class its own.
    const mayBeTaken = claim.by === "cloud-provider-aws" && service.loadBalancerClass === undefined;
    const refused = {
      by: claim.by,
      at,
      seen,
      wanted,
      ...(mayBeTaken
        ? { assumption: "no webhook of AWS Load Balancer Controller gives the Service a class" }
        : {}),
    };
    return { fronts: [], missing: [{ ...frontMissing(detail, `set ${at.path} to ${wanted}`), refused }] };
  }
  const version = versionOf(claim.by, settings);
  const controller = { name: claim.by, ...(version === undefined ? {} : { version }) };
  const { left } = outcome.built;
  return {
    fronts: frontsOf(service, controller, outcome.built),
    missing: [
      ...left.map(({ port, reason }) =>
        frontMissing(
          `port ${String(port.name || port.port)} of ${displayName(service.ref)} gets no listener: ${reason}`,
          "give it what it lacks, or take it out of the Service",
        ),
      ),
      ...(claim.by === "cloud-provider-aws" ? [] : weighted(service, outcome.built)),
    ],
  };
}

/** `actions.TCP-80` of AWS Load Balancer Controller spreads a listener over target groups by weight. */
function weighted(service: Service, { listeners }: aws.BuiltLoadBalancer): readonly Missing[] {
  return listeners.flatMap(({ protocol, port }) => {
    const suffix = `actions.${String(protocol.value)}-${String(port.value)}`;
    if (aws.annotation(service, suffix) === undefined) return [];
    return frontMissing(
      `${suffix} says to which target groups port ${String(port.value)} of ${displayName(service.ref)} is forwarded, and with what weight; only the Service's own is followed here, as if it got everything`,
      "read what is said of this port as said of the connections that reach this Service's own target group",
    );
  });
}

/** A Service that somebody should build a load balancer for. */
function isWaiting({ type }: Service): boolean {
  return isKnown(type) && type === "LoadBalancer";
}

function build(
  service: Service,
  controller: aws.AwsController,
  { loadBalancerController, cloudProvider }: AwsSettings,
): aws.Outcome<aws.BuiltLoadBalancer> {
  if (controller === "cloud-provider-aws") return aws.ccmBuild(service, cloudProvider);
  if (controller === "eks-auto-mode") return aws.autoModeBuild(service);
  return aws.lbcBuild(service, loadBalancerController);
}

function versionOf(controller: aws.AwsController, settings: AwsSettings): string | undefined {
  if (controller === "eks-auto-mode") return undefined;
  return controller === "cloud-provider-aws"
    ? settings.cloudProvider?.version
    : settings.loadBalancerController?.version;
}

function frontsOf(
  service: Service,
  controller: Front["controller"],
  { scheme, attributes, listeners }: aws.BuiltLoadBalancer,
): readonly Front[] {
  return listeners.map(({ servicePort, protocol, port, targetGroup }) => ({
    balancer: "nlb",
    controller,
    resource: service.ref,
    related: [],
    servicePort,
    listener: { protocol, port },
    targets: targetGroup.targets,
    targetPort: targetGroup.port,
    scheme,
    healthCheck: targetGroup.healthCheck,
    ...(targetGroup.nodeSelector ? { nodeSelector: targetGroup.nodeSelector } : {}),
    proxyProtocol: targetGroup.proxyProtocol,
    preservesClientAddress: targetGroup.preservesClientAddress,
    attributes: aws.frontAttributes(targetGroup.attributes, attributes),
  }));
}

function frontMissing(detail: string, how: string): Missing {
  return { what: "front", detail, how };
}
