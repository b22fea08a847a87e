import { IN_PLACE, type Controller } from "../controller";
import { sayHaproxy } from "./texts";

/** Whoever writes `haproxy.cfg`: servers are listed, not made from Services. */
export const haproxyConfiguration: Controller = {
  name: "haproxy",
  title: "haproxy.cfg",
  answersOn: () => () => ({ claim: "no" }),
  annotations: { prefixes: [], known: [], reads: () => false },
  targetKinds: ["node", "pod"],
  healthCheckKeys: [],
  change: () => IN_PLACE,
  excludeNode: sayHaproxy("exclude-node-by-server"),
};
