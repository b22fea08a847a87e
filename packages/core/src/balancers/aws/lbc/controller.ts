import type { Service } from "../../../model";
import { IN_PLACE, type Built, type Controller, type Refusal } from "../../controller";
import { AWS, AWS_PREFIX } from "../annotations";
import { awsClaim } from "../claim";
import { builtFronts, weightedActions } from "../fronts";
import { AWS_HEALTH_CHECK_KEYS, AWS_KEYS } from "../keys";
import { sayAws } from "../texts";
import type { ControllerSettings } from "../../settings";
import { lbcBuild } from ".";

const NAME = "aws-load-balancer-controller";

/** AWS Load Balancer Controller, for Services of its class or with its annotations. */
export const awsLoadBalancerController: Controller = {
  name: NAME,
  title: "AWS Load Balancer Controller",
  answersOn: ({ settings }) => {
    const own = settings[NAME];
    return (service) => {
      const claim = awsClaim(service, own);
      if (claim.by === "nobody") return { claim: "leaves", reason: claim.reason, how: claim.how };
      if (claim.by === "unknown") return { claim: "unknown", unknown: claim.unknown };
      if (claim.by !== NAME) return { claim: "no" };
      const evidence = service.loadBalancerClass === undefined ? "annotation" : "class";
      return { claim: "takes", evidence, result: build(service, settings) };
    };
  },
  build,
  annotations: AWS_KEYS,
  targetKinds: ["instance", "ip"],
  targetKindEdit: (kind) => ({ annotation: AWS_PREFIX + AWS.targetType, value: kind }),
  healthCheckKeys: AWS_HEALTH_CHECK_KEYS,
  change: () => IN_PLACE,
  excludeNode: sayAws("exclude-node-by-target-labels"),
};

function build(service: Service, { [NAME]: own = {} }: ControllerSettings): Built | Refusal {
  const { version } = own;
  const controller = { name: NAME, ...(version === undefined ? {} : { version }) };
  const built = builtFronts(service, controller, lbcBuild(service, own));
  return "refused" in built ? built : { ...built, notFollowed: weightedActions(service, built) };
}
