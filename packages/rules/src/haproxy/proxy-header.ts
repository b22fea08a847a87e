import { isUnknown, unknownAt, type Exposure, type Front } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { namesOf } from "./servers";

const FACTS = ["H4"] as const satisfies readonly FactId[];

/** The same pods are behind every server, so of two that differ one is wrong. */
export function unlikeServers({ service }: Exposure, { members = [] }: Front): Outcome | undefined {
  const senders = members.filter(({ proxyProtocol }) => proxyProtocol.value !== "off");
  const silent = members.filter(({ proxyProtocol }) => proxyProtocol.value === "off");
  const [first] = silent;
  if (!first || senders.length === 0) return undefined;
  return violated({
    facts: FACTS,
    at: first.proxyProtocol.at,
    seen: `${namesOf(silent)} without the PROXY header of ${namesOf(senders)}`,
    wanted: "the header on all of them, or on none",
    related: [service.ref],
  });
}

/** Held against what the pods' own configuration says, where it is in sight. */
export function heldAgainstPods(
  { service, readsProxyProtocol: reads }: Exposure,
  { proxyProtocol: header }: Front,
): Outcome {
  const { at, value: sent } = header;
  if (isUnknown(sent)) return notApplicable("the servers differ");
  const isSent = sent !== "off";
  if (reads === undefined || isUnknown(reads.value)) {
    if (!isSent) return ok;
    const how =
      "add the configuration of the pods, such as the ConfigMap of an ingress controller, that switches it on";
    return undecided({
      facts: FACTS,
      at,
      unknown: unknownAt("whether the pods read the PROXY header"),
      how,
    });
  }
  if (isSent === reads.value) return ok;
  return violated({
    facts: FACTS,
    at,
    seen: isSent
      ? `a PROXY header (${sent}) to pods that do not read one`
      : "no PROXY header to pods that want one",
    wanted: isSent ? `${reads.at.path} true, or no header` : `send-proxy-v2, or ${reads.at.path} false`,
    related: [service.ref, reads.at.resource],
  });
}
