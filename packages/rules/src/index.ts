export { CATALOGUE, findRule, type RuleId, type RuleIdAbout } from "./catalogue";
export { FACTS, factOf, type Fact, type FactId } from "./facts";
export { reportDocument, summarise, type PolicyReport, type ReportDocument, type Summary } from "./document";
export { check, type Report } from "./frame/check";
export { readEnforcement, readExemptions, type Checked, type EnforcementOptions } from "./frame/enforcement";
export { levelOf, onUnknownOf, runRule, type Enforcement } from "./frame/evaluate";
export { exempt } from "./frame/exempt";
export { findingLine, findingText } from "./frame/message";
export { nearest } from "@evenkeel/core/model";
export * from "./frame/outcome";
export type {
  BadExample,
  Example,
  ExampleObject,
  Expected,
  ExpectedUndecided,
  ExpectedViolation,
  GoodExample,
} from "./frame/example";
export { expectedFindings, expectedText, type PlainFinding } from "./frame/expected-finding";
export type { Reference, Rule, RuleContext, RuleDefinition } from "./frame/rule";
export type { SubjectName, Subjects } from "./frame/subject";
