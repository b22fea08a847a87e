import type { MissingAnswer, OpaqueResource } from "../result";
import { packageOf } from "./urn";

/** What a preview could not see: questions that nobody answered, and resources whose contents only their provider knows. */
export class Gaps {
  readonly #missing = new Map<string, MissingAnswer>();
  readonly #opaque: OpaqueResource[] = [];

  /** Each question once, in the order of asking. */
  get missing(): readonly MissingAnswer[] {
    return [...this.#missing.values()];
  }

  get opaque(): readonly OpaqueResource[] {
    return this.#opaque;
  }

  /** The program goes on without the answer, so that one run finds all that is missing; the preview is not completed. */
  addMissing(answer: MissingAnswer): void {
    const { what, subject, id, args } = answer;
    this.#missing.set(JSON.stringify([what, subject, id, args]), answer);
  }

  addOpaque(resource: OpaqueResource): void {
    this.#opaque.push(resource);
  }
}

const DYNAMIC = new Set(["pulumi-nodejs", "pulumi-python"]);

/** What makes a resource opaque, if it is: somebody else's process decides what it consists of. */
export function opaqueKind(type: string, isRemote: boolean): OpaqueResource["what"] | undefined {
  if (isRemote) return "remoteComponent";
  if (DYNAMIC.has(packageOf(type))) return "dynamicProvider";
  return type === "kubernetes:helm.sh/v3:Release" ? "manifests" : undefined;
}

/** Functions of the Kubernetes provider that make objects out of a chart or a folder, by what they are called. */
const RENDERERS: Readonly<Record<string, string>> = {
  "kubernetes:helm:template": "kubernetes:helm.sh/v3:Chart",
  "kubernetes:kustomize:directory": "kubernetes:kustomize:Directory",
};

/** The type whose objects a function renders. */
export function renderedType(token: string): string | undefined {
  return Object.hasOwn(RENDERERS, token) ? RENDERERS[token] : undefined;
}
