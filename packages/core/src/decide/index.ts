export { candidateName, candidatesFor, sameCandidate, withCandidate, type Candidate } from "./candidate";
export { assess, type Assessment } from "./assess";
export { decideChoice } from "./choice";
export { compareTargets, type Alternative, type CompareOptions, type Comparison } from "./compare-targets";
export { decide, decideInternal, type DecideOptions } from "./decide";
export type { CountMargin, Decision, Margin } from "./decision";
export { openQuestionsOf } from "./open-questions";
export { marginOf } from "./margin";
export { DEFAULT_BETTER_BY, type Better, type Pin } from "./pinned";
export {
  internalCandidate,
  NO_PINS,
  pinFor,
  pinKey,
  readPins,
  withPinned,
  type ExternalChoice,
  type InternalChoice,
  type PinReading,
  type Pins,
} from "./pins";
export type { Fix } from "./fixes";
export type { Rejection } from "./judge";
export {
  CLIENT_ADDRESS_WISHES,
  DEFAULT_REQUIREMENTS,
  isRequirement,
  readRequirements,
  REQUIREMENTS,
  requirementsFor,
  type ClientAddressWish,
  type Requirement,
  type Requirements,
} from "./requirements";
export { DECIDE_TEXTS } from "./texts";
