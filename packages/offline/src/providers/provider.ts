import type { Diagnostic } from "../result";
import type { PropertyMap } from "../values/property";

/**
 * What a provider does at preview, without its process and its cloud: it completes inputs, and says what it knows of the
 * outputs. One record a package; put your own into `PreviewOptions.providers`.
 */
export interface Provider {
  /**
   * Whether the provider understands secrets. One that does not is given plain values; the engine then marks as secret what
   * came from secret inputs.
   */
  readonly acceptsSecrets: boolean;
  /** Completes the configuration of a provider resource. */
  checkConfig?(config: PropertyMap): PropertyMap;
  /** Completes and validates the inputs of a resource; policies see the result. */
  check(request: CheckRequest): CheckAnswer;
  /** The outputs of a resource that is to be created. What is absent is unknown to the program. */
  create(request: CreateRequest): PropertyMap;
  /** The state of a resource that exists, for `.get()`; undefined if only a cloud can tell. */
  read?(request: ReadRequest): PropertyMap | undefined;
  /** The result of a function, undefined if only a cloud can tell. */
  invoke?(token: string, args: PropertyMap): PropertyMap | undefined;
}

export interface ProviderRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Inputs of the provider resource. */
  readonly config: PropertyMap;
  /** Reports something about the resource. */
  readonly diagnose: (severity: Diagnostic["severity"], message: string) => void;
}

export interface CheckRequest extends ProviderRequest {
  readonly inputs: PropertyMap;
}

export interface CreateRequest extends ProviderRequest {
  /** Inputs as Check left them. */
  readonly inputs: PropertyMap;
}

export interface ReadRequest extends ProviderRequest {
  readonly id: string;
  readonly inputs: PropertyMap;
}

/** Failures stop the preview, though only after policies have seen the inputs. */
export type CheckAnswer =
  | { readonly inputs: PropertyMap }
  | { readonly failures: readonly CheckFailure[]; readonly inputs?: PropertyMap };

export interface CheckFailure {
  /** Path of the input at fault. */
  readonly property?: string;
  readonly reason: string;
}

/** Providers by package: `kubernetes`, `aws`. A factory makes one for each preview, with a memory of its own. */
export type ProviderTable = Readonly<Record<string, Provider | (() => Provider)>>;
