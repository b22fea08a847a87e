export { candidateName, candidatesFor, withCandidate, type Candidate } from "./candidate";
export { decide, type DecideOptions, type Decision } from "./decide";
export type { Fix } from "./fixes";
export type { Rejection } from "./judge";
export {
  CLIENT_ADDRESS_WISHES,
  DEFAULT_REQUIREMENTS,
  type ClientAddressWish,
  type Requirements,
} from "./requirements";
export { percent, ratio } from "./words";
