import {
  isUnknown,
  SERVICE_TYPES,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  unknownAt,
  type Unknown,
} from "@evenkeel/core/model";
import { isMap } from "../reading/field";

/** An unknown that is one because the value is secret, not because it is still to be computed. */
interface SecretUnknown extends Unknown {
  readonly secret: true;
}

export function secretAt(path: string): SecretUnknown {
  return { ...unknownAt(path), secret: true };
}

export function isSecretUnknown(value: unknown): value is SecretUnknown {
  return isUnknown(value) && "secret" in value && value.secret === true;
}

/**
 * Fields of a closed set, with the words that rules read there. Whoever knows the field knows the words, so a message that has one
 * gives no more away than the verdict itself; it also takes a set to tell such a word from a password in the wrong place.
 */
const WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    type: [...SERVICE_TYPES, "forward"],
    externalTrafficPolicy: TRAFFIC_POLICIES,
    internalTrafficPolicy: TRAFFIC_POLICIES,
    trafficDistribution: TRAFFIC_DISTRIBUTIONS,
    sessionAffinity: ["None", "ClientIP"],
    protocol: ["TCP", "UDP", "SCTP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC", "HTTP", "HTTPS"],
    targetType: ["instance", "ip", "alb", "lambda"],
    loadBalancerType: ["network", "application", "gateway"],
    port: ["traffic-port"],
    preserveClientIp: ["true", "false"],
    scheme: ["internal", "internet-facing"],
    whenUnsatisfiable: ["DoNotSchedule", "ScheduleAnyway"],
  }).map(([field, words]) => [field, new Set<string>(words)]),
);

/**
 * What may be read of a secret: words of the closed set that its field has, and true or false. Texts and numbers are not known: a
 * finding quotes what it saw. Nor is a map, whose keys may be as secret as its values.
 *
 * @param value - plain JSON, with `Unknown` where a part of it is not known
 * @param path - of the field that the secret stands in: `spec.ports[0].protocol`
 */
export function readableOfSecret(value: unknown, path: string): unknown {
  if (value === undefined || value === null || typeof value === "boolean" || isUnknown(value)) return value;
  if (typeof value === "string" && WORDS.get(fieldOf(path))?.has(value)) return value;
  return isEmpty(value) ? value : secretAt(path);
}

/** `spec.ports[0].protocol` -> `protocol`; an element of a list is none. */
function fieldOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}
