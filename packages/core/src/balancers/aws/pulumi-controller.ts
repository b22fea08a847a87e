import { IN_PLACE, type Controller } from "../controller";
import { sayAws } from "./texts";

/** A Pulumi program that makes the target group and the listener itself: no Service is turned into anything. */
export const pulumiProgram: Controller = {
  name: "pulumi",
  title: "the Pulumi program",
  answersOn: () => () => ({ claim: "no" }),
  annotations: { prefixes: [], known: [], reads: () => false },
  targetKinds: ["instance", "ip"],
  healthCheckKeys: [],
  change: () => IN_PLACE,
  excludeNode: sayAws("exclude-node-by-binding"),
};
