import type { AnnotationKeys } from "../controller";
import { AWS, AWS_PREFIX } from "./annotations";

/** Families of keys that end in a listener or a target. */
const FAMILIES = ["actions.", "conditions.", `${AWS.listenerAttributes}.`];

/** Annotations of the two controllers, which share their prefix. Which version reads which is not known here yet. */
export const AWS_KEYS: AnnotationKeys = {
  prefixes: [`${AWS_PREFIX}aws-load-balancer-`],
  known: Object.values(AWS).map((suffix) => AWS_PREFIX + suffix),
  reads(key) {
    const suffix = key.startsWith(AWS_PREFIX) ? key.slice(AWS_PREFIX.length) : undefined;
    if (suffix === undefined) return false;
    return Object.values(AWS).some((one) => one === suffix) || FAMILIES.some((one) => suffix.startsWith(one));
  },
};

/** Annotations that say what the health check asks; with one of them it does not follow the policy by itself. */
export const AWS_HEALTH_CHECK_KEYS: readonly string[] = [
  AWS.healthCheckProtocol,
  AWS.healthCheckPort,
  AWS.healthCheckPath,
].map((name) => AWS_PREFIX + name);
