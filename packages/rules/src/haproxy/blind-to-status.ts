import { acceptsStatus, isUnknown, type HealthCheck } from "@evenkeel/core/model";
import { show, showHealthCheck } from "../ask/show";
import type { FactId } from "../facts";
import { undecided, violated, type Outcome } from "../frame/outcome";

const FACTS = ["H1"] as const satisfies readonly FactId[];

/** A check over HTTP that takes 503, which kube-proxy says where no pod is, for a pass; or 200 for a failure. */
export function blindToStatus(check: HealthCheck): Outcome | undefined {
  const { matcher } = check;
  if (!matcher) return undefined;
  const { value, at } = matcher;
  if (isUnknown(value)) {
    const how = "expect a status, such as http-check expect status 200";
    return undecided({ facts: FACTS, at, unknown: value, how });
  }
  if (acceptsStatus(value, 200) && !acceptsStatus(value, 503)) return undefined;
  const seen = `${showHealthCheck(check)} with status ${show(value)} for a pass`;
  return violated({ facts: FACTS, at, seen, wanted: "status 200 and not 503" });
}
