import { isKnown, isUnknown, UNMANAGED_CLASS, type Knowable, type Service, type Unknown } from "../../model";
import { annotation, AWS, hasAwsAnnotation } from "./annotations";

export const AWS_CONTROLLERS = [
  "aws-load-balancer-controller",
  "eks-auto-mode",
  "cloud-provider-aws",
] as const;
export type AwsController = (typeof AWS_CONTROLLERS)[number];

/** Class that AWS Load Balancer Controller claims (flag `--load-balancer-class`). */
export const LBC_CLASS = "service.k8s.aws/nlb";
/** Class of EKS Auto Mode. */
export const AUTO_MODE_CLASS = "eks.amazonaws.com/nlb";

export interface ClaimSettings {
  /** Flag `--load-balancer-class` of AWS Load Balancer Controller. */
  readonly loadBalancerClass?: string;
  /** Feature gate `ServiceTypeLoadBalancerOnly`, off by default. */
  readonly loadBalancerTypeOnly?: boolean;
  /**
   * AWS Load Balancer Controller's mutating webhook, which its chart installs, gives every new LoadBalancer Service without a
   * class its own. Cannot be seen in a manifest, so absent means: not there.
   */
  readonly mutatingWebhook?: boolean;
}

/** Who builds a load balancer for the Service, or why nobody of AWS does. */
export type Claim =
  | { readonly by: AwsController }
  | { readonly by: "nobody"; readonly reason: string; readonly how: string }
  | { readonly by: "unknown"; readonly unknown: Unknown };

/**
 * AWS Load Balancer Controller `pkg/service/service_utils.go` IsServiceSupported: a class decides alone, whatever the annotations;
 * without one the type annotation does, on Services of any type. Kubernetes `controllers/service` leaves every Service with a
 * class to somebody else, and cloud-provider-aws leaves `external` and `nlb-ip` (`isLBExternal`).
 */
export function awsClaim(service: Service, settings: ClaimSettings = {}): Claim {
  const isLoadBalancer = mapType(service.type);
  if (settings.loadBalancerTypeOnly && isLoadBalancer === false) {
    return nobody("the controller takes only type LoadBalancer here", "set spec.type to LoadBalancer");
  }
  const lbcClass = settings.loadBalancerClass ?? LBC_CLASS;
  const loadBalancerClass = service.loadBalancerClass;
  if (loadBalancerClass !== undefined) {
    if (isUnknown(loadBalancerClass)) return { by: "unknown", unknown: loadBalancerClass };
    return claimByClass(loadBalancerClass, lbcClass);
  }
  const type = annotation(service, AWS.type);
  const targetType = annotation(service, AWS.targetType);
  for (const unknown of [type, type === "external" ? targetType : undefined, service.type]) {
    if (unknown !== undefined && isUnknown(unknown)) return { by: "unknown", unknown };
  }
  if (type === "nlb-ip") return { by: "aws-load-balancer-controller" };
  if (type === "external" && (targetType === "ip" || targetType === "instance")) {
    return { by: "aws-load-balancer-controller" };
  }
  if (!isLoadBalancer)
    return nobody("no annotation hands it to AWS Load Balancer Controller", "set spec.type to LoadBalancer");
  if (settings.mutatingWebhook) return { by: "aws-load-balancer-controller" };
  return claimWithoutClass(service, type, lbcClass);
}

function claimByClass(loadBalancerClass: string, lbcClass: string): Claim {
  if (loadBalancerClass === lbcClass) return { by: "aws-load-balancer-controller" };
  if (loadBalancerClass === AUTO_MODE_CLASS) return { by: "eks-auto-mode" };
  if (loadBalancerClass === UNMANAGED_CLASS) {
    return nobody(
      `loadBalancerClass ${UNMANAGED_CLASS} leaves the load balancer to be built elsewhere`,
      "add the target group or the haproxy.cfg that it feeds, or the state of the stack that has it",
    );
  }
  return nobody(
    `loadBalancerClass ${JSON.stringify(loadBalancerClass)} is claimed by no controller known here`,
    `set spec.loadBalancerClass to ${lbcClass} or ${AUTO_MODE_CLASS}, or add what stands in front`,
  );
}

function claimWithoutClass(service: Service, type: Knowable<string> | undefined, lbcClass: string): Claim {
  const how = `set spec.loadBalancerClass to ${lbcClass}`;
  if (type === "nlb") return { by: "cloud-provider-aws" };
  if (type === "external") {
    return nobody(
      "aws-load-balancer-type external is taken up only together with aws-load-balancer-nlb-target-type ip or instance",
      how,
    );
  }
  if (hasAwsAnnotation(service)) {
    return nobody(
      "without a load balancer class cloud-provider-aws builds a Classic Load Balancer, unless the webhook of AWS Load Balancer Controller sets its class",
      how,
    );
  }
  return nobody(
    "neither a class nor an annotation says who builds the load balancer",
    "set spec.loadBalancerClass",
  );
}

function mapType(type: Service["type"]): boolean | undefined {
  return isKnown(type) ? type === "LoadBalancer" : undefined;
}

function nobody(reason: string, how: string): Claim {
  return { by: "nobody", reason, how };
}
