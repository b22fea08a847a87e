import { unknownAt, type Service } from "../../model";
import { awsClaim, type ClaimSettings } from ".";
import { AWS_PREFIX } from "./annotations";
import { awsService, webService } from "@evenkeel/test-generators";

const type = "aws-load-balancer-type";
const targetType = "aws-load-balancer-nlb-target-type";

describe("who takes a Service (AWS Load Balancer Controller pkg/service/service_utils.go; cloud-provider-aws isLBExternal)", () => {
  test.each<[string, Service, string, ClaimSettings?]>([
    [
      "the class of AWS Load Balancer Controller",
      webService({ loadBalancerClass: "service.k8s.aws/nlb" }),
      "aws-load-balancer-controller",
    ],
    [
      "the class of EKS Auto Mode",
      webService({ loadBalancerClass: "eks.amazonaws.com/nlb" }),
      "eks-auto-mode",
    ],
    [
      "another class, whatever the annotations",
      awsService({ [type]: "external", [targetType]: "ip" }, { loadBalancerClass: "example.com/lb" }),
      "nobody",
    ],
    ["an empty class", webService({ loadBalancerClass: "" }), "nobody"],
    [
      "external with a target type, on a NodePort Service too",
      awsService({ [type]: "external", [targetType]: "instance" }, { type: "NodePort" }),
      "aws-load-balancer-controller",
    ],
    [
      "nlb-ip, on a ClusterIP Service too",
      awsService({ [type]: "nlb-ip" }, { type: "ClusterIP" }),
      "aws-load-balancer-controller",
    ],
    ["external without a target type", awsService({ [type]: "external" }), "nobody"],
    [
      "external with a target type in capitals",
      awsService({ [type]: "external", [targetType]: "IP" }),
      "nobody",
    ],
    ["nlb", awsService({ [type]: "nlb" }), "cloud-provider-aws"],
    ["nlb on a NodePort Service", awsService({ [type]: "nlb" }, { type: "NodePort" }), "nobody"],
    [
      "nlb where the webhook sets the class first",
      awsService({ [type]: "nlb" }),
      "aws-load-balancer-controller",
      { mutatingWebhook: true },
    ],
    ["nothing at all", webService({}), "nobody"],
    [
      "nothing at all where the webhook sets the class",
      webService({}),
      "aws-load-balancer-controller",
      { mutatingWebhook: true },
    ],
    [
      "a class of one's own by flag",
      webService({ loadBalancerClass: "acme.example/nlb" }),
      "aws-load-balancer-controller",
      { loadBalancerClass: "acme.example/nlb" },
    ],
    [
      "NodePort where only LoadBalancer is taken",
      awsService({ [type]: "nlb-ip" }, { type: "NodePort" }),
      "nobody",
      { loadBalancerTypeOnly: true },
    ],
    [
      "a class that is not known yet",
      webService({ loadBalancerClass: unknownAt("spec.loadBalancerClass") }),
      "unknown",
    ],
    [
      "a type annotation that is not known yet",
      webService({ annotations: { [`${AWS_PREFIX}${type}`]: unknownAt("x") } }),
      "unknown",
    ],
  ])("%s", (...[, subject, by, settings]) => {
    expect(awsClaim(subject, settings).by).toBe(by);
  });

  test("why nobody takes it, and what to do", () => {
    expect(awsClaim(webService({ loadBalancerClass: "evenkeel.io/unmanaged" }))).toEqual({
      by: "nobody",
      reason: "loadBalancerClass evenkeel.io/unmanaged leaves the load balancer to be built elsewhere",
      how: "add the target group or the haproxy.cfg that it feeds, or the state of the stack that has it",
    });
    expect(awsClaim(awsService({ "aws-load-balancer-scheme": "internal" }))).toMatchObject({
      reason: expect.stringContaining("Classic Load Balancer"),
      how: "set spec.loadBalancerClass to service.k8s.aws/nlb",
    });
  });
});
