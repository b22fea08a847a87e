import type { ReportViolation, ResourceValidation, StackValidationPolicy } from "@pulumi/policy";
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
  const validators = askingValidators(policy, review);
  if (skips) {
    skipUnless(validators.validateResource, () => review.hasShareFor(policy, "resource"));
    skipUnless(validators.validateStack, () => review.hasShareFor(policy, "stack"));
  }
  return validators;
}

function askingValidators(policy: string, review: Review): Validators {
  const tell = (statements: readonly Statement[], report: ReportViolation): void => {
    for (const { text, urn } of statements) report(text, urn);
  };
  return {
    validateResource: (args, report) => tell(review.ofResource(policy, args), report),
    validateStack: (args, report) => tell(review.ofStack(policy, args), report),
  };
}

function skipUnless(validate: object, mayMatter: () => boolean): void {
  Object.defineProperty(validate, "__pulumiType", { get: () => (mayMatter() ? undefined : NOTHING_TO_SAY) });
}
