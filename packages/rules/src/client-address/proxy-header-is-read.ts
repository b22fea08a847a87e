import { isUnknown, unknownAt, type Exposure, type Front } from "@evenkeel/core/model";
import { targetNames } from "../ask/checks";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { lawExamples } from "../law-examples";
import { ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { INGRESS_NGINX_PROXY_PROTOCOL, PROXY_PROTOCOL } from "../references";

const GENERAL = "EK8";
const FACTS = factsOfLaws(GENERAL, "proxyHeader");

export const proxyHeaderIsRead = rule({
  id: "proxy-header-is-read",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "A load balancer sends a PROXY header if and only if the pods read one.",
  why: "a pod that does not expect the header takes it for a broken request, and one that expects it closes connections without",
  fix: "Enable the PROXY protocol on the load balancer and in the pods, or on neither.",
  facts: FACTS,
  refs: [PROXY_PROTOCOL, INGRESS_NGINX_PROXY_PROTOCOL],
  *check(exposure) {
    yield* eachFront(exposure, FACTS, function* (one) {
      yield sentToSome(exposure, one) ?? sentAsRead(exposure, one);
    });
  },
  examples: () => lawExamples("proxy-header-is-read"),
});

/** The same pods are behind every target, so of two targets that differ one is wrong. */
function sentToSome({ service }: Exposure, one: ModelledFront): Outcome | undefined {
  const { members = [] } = one.front;
  const senders = members.filter(({ proxyProtocol }) => proxyProtocol.value !== "off");
  const others = members.filter(({ proxyProtocol }) => proxyProtocol.value === "off");
  const [first] = others;
  if (!first || senders.length === 0) return undefined;
  const { at } = first.proxyProtocol;
  return violated({
    facts: factsOfLaw(GENERAL, one, "proxyHeader"),
    at,
    seen: `no PROXY header for ${targetNames(others)}, but one for ${targetNames(senders)}`,
    wanted: "the header for all targets, or for none",
    ...fixOfLaw(one, service, "proxyHeader"),
    related: besides(at.resource, service.ref),
  });
}

function sentAsRead({ service, readsProxyProtocol: reads }: Exposure, one: ModelledFront): Outcome {
  const { at, value: sent } = one.front.proxyProtocol;
  if (sent === "off" && (reads === undefined || isUnknown(reads.value))) return ok;
  if (isUnknown(sent)) {
    const how = "set the PROXY protocol to a plain value";
    return undecided({ facts: FACTS, at, unknown: sent, how });
  }
  if (reads === undefined || isUnknown(reads.value)) {
    const unknown = unknownAt("whether the pods read the PROXY header");
    const how =
      "add the configuration of the pods that enables it, such as the ConfigMap of an ingress controller";
    return undecided({ facts: FACTS, at, unknown, how });
  }
  const isSent = sent !== "off";
  if (isSent === reads.value) return ok;
  return violated({
    facts: factsOfLaw(GENERAL, one, "proxyHeader"),
    at,
    seen: isSent
      ? `a PROXY header (${sent})${onPort(one.front)} to pods that do not read one`
      : `no PROXY header${onPort(one.front)} to pods that expect one`,
    wanted: isSent
      ? `no header, or ${reads.at.path} set to true`
      : `a PROXY header, or ${reads.at.path} set to false`,
    ...fixOfLaw(one, service, "proxyHeader"),
    related: besides(at.resource, service.ref, reads.at.resource),
  });
}

/** The port that tells the fronts of a Service apart. */
function onPort({ targetPort: { value } }: Front): string {
  return isUnknown(value) ? "" : ` on port ${value}`;
}
