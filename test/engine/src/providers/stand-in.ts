import type { CheckAnswer, CheckRequest, PropertyMap, ProviderRequest } from "@evenkeel/offline";

/**
 * A provider for the real engine. What it does at preview is `packages/offline`'s record of the same provider, so that each
 * fact about a provider is written once; what is here is the cloud or the cluster behind it.
 */
export interface StandIn {
  readonly name: string;
  readonly version: string;
  /** Types that schemas of other packages refer to. */
  readonly referred: readonly string[];
  readonly acceptsSecrets: boolean;
  checkConfig(config: PropertyMap): PropertyMap;
  check(request: CheckRequest & { readonly olds: PropertyMap; readonly randomSeed: Uint8Array }): CheckAnswer;
  diff(request: ChangeRequest): DiffAnswer;
  /** At preview `id` is not sent. */
  create(request: ProviderRequest & { readonly inputs: PropertyMap; readonly preview: boolean }): Existing;
  update(request: ChangeRequest & { readonly preview: boolean }): PropertyMap;
  /** Undefined when nothing of that id exists any more. */
  read(request: {
    readonly type: string;
    readonly id: string;
  }): (Existing & { inputs: PropertyMap }) | undefined;
  delete(request: { readonly type: string; readonly id: string }): void;
  invoke(token: string, args: PropertyMap): PropertyMap | undefined;
}

export interface ChangeRequest extends ProviderRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly inputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface DiffAnswer {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Existing {
  readonly id: string;
  readonly outputs: PropertyMap;
}
