import type { ReportViolation, ResourceValidation, StackValidationPolicy } from "@pulumi/policy";
import type { Review } from "../review/review";
import type { Statement } from "../review/statement";
import { isUnknownValue } from "../sdk/unknown-value";

type StackValidation = StackValidationPolicy["validateStack"];

export interface Validators {
  readonly validateResource: ResourceValidation;
  readonly validateStack: StackValidation;
}

export interface ValidatorOptions {
  /** Whether the SDK is told which policies have nothing to say. */
  readonly skips: boolean;
  /** Throws if the pack cannot work as it is loaded. */
  readonly ensureWorking: () => void;
}

/** A type that no resource has. */
const NOTHING_TO_SAY = "evenkeel:policy:nothing-to-say";

/**
 * The two stages of one policy. With `skips`, the SDK is told that a policy with nothing to say is about a type that does not exist,
 * so that it does not deserialise the resource, or every resource of the stack, for that policy anew (pulumi-policy `server.ts`, the
 * checks of `__pulumiType` before `deserializeProperties`). Where the SDK does not ask, such a policy runs and says nothing.
 */
export function validatorsOf(policy: string, review: Review, options: ValidatorOptions): Validators {
  const validators = askingValidators(policy, review, options);
  if (options.skips) {
    skipUnless(validators.validateResource, () => review.hasShareFor(policy, "resource"));
    skipUnless(validators.validateStack, () => review.hasShareFor(policy, "stack"));
  }
  return validators;
}

function askingValidators(policy: string, review: Review, { ensureWorking }: ValidatorOptions): Validators {
  const report = (statements: () => readonly Statement[], violation: ReportViolation): void => {
    ensureWorking();
    for (const { text, urn } of failing(statements)) violation(text, urn);
  };
  return {
    validateResource: (args, violation) => report(() => review.ofResource(policy, args), violation),
    validateStack: (args, violation) => report(() => review.ofStack(policy, args), violation),
  };
}

/** The SDK makes an advisory of an error about an unknown value, and the policy is then as good as absent; any other error blocks. */
function failing<T>(evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    throw isUnknownValue(error)
      ? new Error(`the rules did not run: ${String(error)}; please report it`)
      : error;
  }
}

function skipUnless(validate: object, mayMatter: () => boolean): void {
  Object.defineProperty(validate, "__pulumiType", { get: () => (mayMatter() ? undefined : NOTHING_TO_SAY) });
}
