import type { EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { RunError } from "@pulumi/pulumi";
import type { ServiceTrafficOptions } from "./options";
import {
  CATALOGUE_DESCRIPTION,
  CONFIGURATION_DESCRIPTION,
  describeRule,
  type Description,
} from "./policy/describe";
import { remediationOf } from "./policy/remediate";
import { validatorsOf } from "./policy/validators";
import { isReadable } from "./review/material";
import { Review } from "./review/review";
import { observeRequests } from "./sdk/analyzer-requests";
import { refuseCopies } from "./sdk/copies";
import { documentsIn, type ReadDocument } from "./settings/documents";
import { amendOwnLevels, givenBy, givenByEngine, overlaid, type Given } from "./settings/given";
import { CATALOGUE_POLICY, CONFIGURATION, POLICY_RULES } from "./settings/names";
import { readSettings } from "./settings/settings";

/** A policy about single resources and about the stack that they make. */
export type ServiceTrafficPolicy = ResourceValidationPolicy & StackValidationPolicy;

export interface Surroundings {
  /** The pack has policies of others too, so that a name in its configuration need not be one of ours. True if not given. */
  readonly sharesPack?: boolean;
  /** `YYYY-MM-DD`, against which exemptions expire; the day in UTC if not given. */
  readonly today?: () => string;
  /** Whether the SDK is to pass over policies with nothing to say, which changes the time, not the result. True if not given. */
  readonly skips?: boolean;
}

/**
 * The policies, one per rule and two of the pack's own, for a pack that an organisation composes. Call it once, before the PolicyPack
 * is constructed.
 *
 * @throws RunError that lists all that is wrong with the options, or names the copies of the policy SDK where several are loaded
 * @example
 * ```ts
 * new PolicyPack("acme", { policies: [...policies({ all: "advisory" }), ...ourOwn] });
 * ```
 */
export function policies(
  options: ServiceTrafficOptions = {},
  { sharesPack = true, today = todayInUtc, skips = true }: Surroundings = {},
): ServiceTrafficPolicy[] {
  refuseCopies();
  const readDocument = documentsIn();
  const given = checked(options, readDocument);
  const { value: settings } = readSettings(given, { sharesPack, readDocument });
  const review = new Review({ settings, problems: [], today });
  let isObserving = false;
  observeRequests({
    configured(request) {
      isObserving = true;
      amendOwnLevels(request, { configuration: CONFIGURATION, catalogue: CATALOGUE_POLICY });
      const { value, problems } = readSettings(overlaid(given, givenByEngine(request)), {
        sharesPack,
        readDocument,
      });
      review.configure(value, problems);
    },
    arriving(resource) {
      isObserving = true;
      review.announce(resource);
    },
    stackArriving(resources) {
      isObserving = true;
      review.announceStack(resources);
    },
    secrets: (urn, texts) => review.hide(urn, texts),
    readsType: isReadable,
  });
  const ensureWorking = (): void => {
    if (isObserving) return;
    refuseCopies();
    throw new Error(UNOBSERVED);
  };
  const policy = (description: Description, enforcementLevel: EnforcementLevel | undefined) => ({
    ...description,
    enforcementLevel,
    ...validatorsOf(description.name, review, { skips, ensureWorking }),
  });
  return [
    policy(CONFIGURATION_DESCRIPTION, "mandatory"),
    ...POLICY_RULES.map((rule) => ({
      ...policy(describeRule(rule), settings.levels[rule.id]),
      remediateResource: remediationOf(rule, review),
    })),
    policy(CATALOGUE_DESCRIPTION, given.get(CATALOGUE_POLICY)?.level ?? "advisory"),
  ];
}

const UNOBSERVED =
  "the policies of @evenkeel/service-traffic were asked about a request that did not pass through the @pulumi/pulumi that they " +
  "observe, so that their configuration is lost; call policies() before the PolicyPack is constructed, and see that npm ls " +
  "@pulumi/pulumi names one copy";

function checked(options: ServiceTrafficOptions, readDocument: ReadDocument): Given {
  const { value, problems } = givenBy(options);
  const all = [...problems, ...readSettings(value, { sharesPack: false, readDocument }).problems];
  if (all.length > 0) throw new RunError(`options of the service-traffic policies:\n${all.join("\n")}`);
  return value;
}

function todayInUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
