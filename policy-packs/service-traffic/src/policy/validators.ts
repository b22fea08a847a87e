import type { ResourceValidation, StackValidationPolicy } from "@pulumi/policy";
import type { Review } from "../review/review";
import type { Statement } from "../review/statement";

type StackValidation = StackValidationPolicy["validateStack"];

export interface Validators {
  readonly validateResource: ResourceValidation;
  readonly validateStack: StackValidation;
}

/** A type that no resource has. */
const NOTHING_TO_SAY = "evenkeel:policy:nothing-to-say";

/**
 * The two stages of one policy. With `skips`, the SDK is told that a policy with nothing to say is about a type that does not exist,
 * so that it does not deserialise the resource, or every resource of the stack, for that policy anew (pulumi-policy `server.ts`, the
 * checks of `__pulumiType` before `deserializeProperties`). Where the SDK does not ask, such a policy runs and says nothing.
 */
export function validatorsOf(policy: string, review: Review, skips: boolean): Validators {
  const validateResource: ResourceValidation = (args, report) =>
    tell(review.ofResource(policy, args), report);
  const validateStack: StackValidation = (args, report) => tell(review.ofStack(policy, args), report);
  if (skips) {
    skipUnless(validateResource, () => review.hasShareFor(policy, "resource"));
    skipUnless(validateStack, () => review.hasShareFor(policy, "stack"));
  }
  return { validateResource, validateStack };
}

function tell(statements: readonly Statement[], report: (message: string, urn?: string) => void): void {
  for (const { text, urn } of statements) report(text, urn);
}

function skipUnless(validate: object, hasShare: () => boolean): void {
  Object.defineProperty(validate, "__pulumiType", { get: () => (hasShare() ? undefined : NOTHING_TO_SAY) });
}
