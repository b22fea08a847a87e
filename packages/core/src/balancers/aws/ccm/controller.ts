import type { Front, Service } from "../../../model";
import { IN_PLACE, type Built, type Change, type Controller, type Refusal } from "../../controller";
import type { ControllerSettings } from "../../settings";
import { awsClaim } from "../claim";
import { builtFronts } from "../fronts";
import { AWS_HEALTH_CHECK_KEYS, AWS_KEYS } from "../keys";
import { sayAws } from "../texts";
import { ccmBuild } from ".";

const NAME = "cloud-provider-aws";

/** The older cloud provider, for Services that ask it for an NLB. It registers nodes only. */
export const cloudProviderAws: Controller = {
  name: NAME,
  title: "cloud-provider-aws",
  answersOn:
    ({ settings }) =>
    (service) =>
      awsClaim(service, settings["aws-load-balancer-controller"]).by === NAME
        ? { claim: "takes", evidence: "annotation", result: build(service, settings) }
        : { claim: "no" },
  build,
  annotations: AWS_KEYS,
  targetKinds: ["instance"],
  healthCheckKeys: AWS_HEALTH_CHECK_KEYS,
  change,
  excludeNode: sayAws("exclude-node-by-target-labels"),
};

function build(service: Service, { [NAME]: own }: ControllerSettings): Built | Refusal {
  const controller = { name: NAME, ...(own?.version === undefined ? {} : { version: own.version }) };
  const built = builtFronts(service, controller, ccmBuild(service, own));
  // The webhook that comes with AWS Load Balancer Controller may give a Service without a class its own.
  return "refused" in built && service.loadBalancerClass === undefined
    ? { ...built, assumption: "no webhook of AWS Load Balancer Controller gives the Service a class" }
    : built;
}

/** A new target group where the protocol or interval of its check changes (`aws_loadbalancer.go`). */
function change(before: Front, after: Front): Change {
  const of = ({ healthCheck }: Front): string =>
    JSON.stringify([healthCheck?.protocol.value, healthCheck?.intervalSeconds.value]);
  return of(before) === of(after) ? IN_PLACE : { kind: "replaces", why: sayAws("target-group-replaced") };
}
