import type { SourcePlace } from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import type { PulumiResource } from "./resource";
import { fromWire } from "./wire";

type Json = Readonly<Record<string, unknown>>;

/** Whether a JSON document is a state (`pulumi stack export`) or a preview (`pulumi preview --json`). */
export function isPulumiDocument(document: unknown): document is Json {
  return isMap(document) && statesIn(document) !== undefined;
}

/**
 * The resources of a state or a preview; none where it is neither. Of a preview, what will be there afterwards.
 * Formats: pulumi sdk/go/common/apitype (UntypedDeployment, ResourceV3) and pkg/display (PreviewDigest).
 */
export function documentResources(document: unknown, source?: SourcePlace): readonly PulumiResource[] {
  if (!isMap(document)) return [];
  return (statesIn(document) ?? []).flatMap((state) => resourceOf(state, source) ?? []);
}

function statesIn(document: Json): readonly unknown[] | undefined {
  if (Array.isArray(document.steps)) return document.steps.flatMap(newState);
  const { deployment } = document;
  // A file of the local backend holds the state one level deeper.
  const { latest } = isMap(document.checkpoint) ? document.checkpoint : {};
  const state = isMap(deployment) ? deployment : latest;
  return isMap(state) && Array.isArray(state.resources) ? state.resources : undefined;
}

/** Replacements come as several steps of one URN; the last that leaves a resource behind is what counts. */
function newState(step: unknown): readonly unknown[] {
  if (!isMap(step) || typeof step.op !== "string" || /^(delete|discard|remove-pending)/.test(step.op))
    return [];
  if (!isMap(step.newState)) return [];
  return [step.op === "update" ? { ...step.newState, [BEFORE]: step.oldState } : step.newState];
}

/** Key under which the state that an update starts from stands beside what it leaves; no key of a document. */
const BEFORE = Symbol("before");

function resourceOf(state: unknown, source: SourcePlace | undefined): PulumiResource | undefined {
  if (!isMap(state) || typeof state.urn !== "string" || typeof state.type !== "string") return undefined;
  // A resource that is only waiting to be deleted is gone for our purposes.
  if (state.delete === true) return undefined;
  const inputs = jsonMap(fromWire(state.inputs));
  const before: unknown = Reflect.get(state, BEFORE);
  // What a component registers says less than its arguments.
  const isComponent = state.custom === false;
  return present({
    type: state.type,
    urn: state.urn,
    name: state.urn.slice(state.urn.lastIndexOf("::") + 2),
    parent: typeof state.parent === "string" ? state.parent : undefined,
    provider: providerOf(state.provider),
    properties: isComponent ? inputs : answered(state, inputs),
    inputs: isComponent ? undefined : inputs,
    before: isMap(before) && !isComponent ? answered(before, jsonMap(fromWire(before.inputs))) : undefined,
    dependencies: urns(state.dependencies),
    propertyDependencies: isMap(state.propertyDependencies)
      ? Object.fromEntries(Object.entries(state.propertyDependencies).map(([key, list]) => [key, urns(list)]))
      : {},
    source,
  });
}

/** What the provider answered, or the inputs where it has not. */
function answered({ outputs }: Json, inputs: Json): Json {
  const answer = jsonMap(fromWire(outputs));
  return Object.keys(answer).length === 0 ? inputs : answer;
}

/** The URN of `urn::id`; the id of an instance that is not there yet is not known. */
function providerOf(reference: unknown): string | undefined {
  return typeof reference === "string" ? reference.slice(0, reference.lastIndexOf("::")) : undefined;
}

function jsonMap(value: unknown): Json {
  return isMap(value) ? value : {};
}

function urns(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
