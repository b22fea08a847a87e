import type { Service } from "../../model";
import { IN_PLACE, type Built, type Controller, type Refusal } from "../controller";
import { AWS, AWS_PREFIX } from "./annotations";
import { autoModeBuild, IGNORED_BY_AUTO_MODE } from "./auto-mode";
import { awsClaim } from "./claim";
import { builtFronts, weightedActions } from "./fronts";
import { AWS_HEALTH_CHECK_KEYS, AWS_KEYS } from "./keys";
import { sayAws } from "./texts";

const NAME = "eks-auto-mode";

/** EKS Auto Mode, for Services of its class. */
export const eksAutoMode: Controller = {
  name: NAME,
  title: "EKS Auto Mode",
  answersOn:
    ({ settings }) =>
    (service) =>
      awsClaim(service, settings["aws-load-balancer-controller"]).by === NAME
        ? { claim: "takes", evidence: "class", result: build(service) }
        : { claim: "no" },
  build,
  annotations: {
    ...AWS_KEYS,
    reads: (key) => AWS_KEYS.reads(key) === true && !IGNORED_BY_AUTO_MODE.includes(key),
  },
  targetKinds: ["instance", "ip"],
  targetKindEdit: (kind) => ({ annotation: AWS_PREFIX + AWS.targetType, value: kind }),
  healthCheckKeys: AWS_HEALTH_CHECK_KEYS,
  change: () => IN_PLACE,
  excludeNode: sayAws("exclude-node-by-target-labels"),
};

function build(service: Service): Built | Refusal {
  const built = builtFronts(service, { name: NAME }, autoModeBuild(service));
  return "refused" in built ? built : { ...built, notFollowed: weightedActions(service, built) };
}
