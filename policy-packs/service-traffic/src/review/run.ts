import type { Finding } from "@evenkeel/core/model";
import type { PlainMap } from "../sdk/plain";

/**
 * What the pack remembers of one preview or update: it spares repetitions, and knows inputs where outputs are not computed yet.
 * Without it all is still told, at the stage that has what it needs.
 */
export class Run {
  readonly #told = new Set<string>();
  readonly #toldOfComponents = new Set<string>();
  readonly #decidedByComponents = new Set<string>();
  readonly #inputs = new Map<string, () => PlainMap>();
  readonly #settled = new Set<string>();
  readonly #parents = new Map<string, string>();
  readonly #secrets = new Map<string, readonly string[]>();

  /**
   * Keeps the inputs of a resource, read or not, until the stack stage, which is shown its outputs only. Those of AWS have computed
   * defaults that nobody wrote; those of Kubernetes are empty while the provider is not configured, as with a kubeconfig of a cluster
   * that the same program makes (pulumi pkg/resource/plugin/provider_plugin.go Create).
   */
  remember(urn: string, inputs: () => PlainMap): void {
    this.#inputs.set(urn, inputs);
  }

  inputsOf(urn: string): PlainMap | undefined {
    return this.#inputs.get(urn)?.();
  }

  /** Rules about the resource by itself have said all that they will ever say of it. */
  settle(urn: string): void {
    this.#settled.add(urn);
  }

  isSettled(urn: string | undefined): boolean {
    return urn !== undefined && this.#settled.has(urn);
  }

  isChild(urn: string, parent: string | undefined): void {
    if (parent) this.#parents.set(urn, parent);
  }

  hides(urn: string, texts: readonly string[]): void {
    this.#secrets.set(urn, texts);
  }

  /** Values that must not be shown, of these resources. */
  secretsOf(urns: readonly string[]): readonly string[] {
    return this.#secrets.size === 0 ? [] : [...new Set(urns.flatMap((urn) => this.#secrets.get(urn) ?? []))];
  }

  /** Whether a remark about a resource is made for the first time. */
  isNew(urn: string, text: string): boolean {
    const remark = key(urn, text);
    if (this.#told.has(remark)) return false;
    this.#told.add(remark);
    return true;
  }

  /** A finding was told at the resource stage. What is told of a component's arguments holds for all that the component creates. */
  tell(finding: Finding, urn: string, isComponent: boolean): void {
    this.#told.add(placeOf(finding, urn));
    if (isComponent) this.#toldOfComponents.add(key(finding.rule, urn));
  }

  /** A component's arguments decided rules for all that it creates, one way or the other. */
  decide(rules: readonly string[], component: string): void {
    for (const rule of rules) this.#decidedByComponents.add(key(rule, component));
  }

  /** Whether a component that creates the resource was told of a mistake against this rule. */
  wasToldOfCreator(rule: string, urn: string): boolean {
    return this.#ancestors(urn).some((ancestor) => this.#toldOfComponents.has(key(rule, ancestor)));
  }

  /** Whether an earlier stage told it: of this very place, or of a component that creates a resource which takes part in it. */
  wasToldBefore(finding: Finding): boolean {
    const { urn } = finding.resource;
    const isTold = urn !== null && this.#told.has(placeOf(finding, urn));
    return isTold || partsOf(finding).some((part) => this.wasToldOfCreator(finding.rule, part));
  }

  /** Whether the arguments of a component that creates a resource which takes part in it left nothing open. */
  wasDecidedByCreator(finding: Finding): boolean {
    const creators = partsOf(finding).flatMap((part) => this.#ancestors(part));
    return creators.some((creator) => this.#decidedByComponents.has(key(finding.rule, creator)));
  }

  #ancestors(urn: string): readonly string[] {
    const found = new Set<string>();
    for (let at = this.#parents.get(urn); at !== undefined && !found.has(at); at = this.#parents.get(at))
      found.add(at);
    return [...found];
  }
}

function partsOf({ resource, related }: Finding): readonly string[] {
  return [resource, ...related].flatMap(({ urn }) => urn ?? []);
}

function placeOf({ rule, path }: Finding, urn: string): string {
  return key(rule, urn, path);
}

function key(...parts: readonly string[]): string {
  return parts.join("\u0000");
}
