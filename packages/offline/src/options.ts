import type { ProviderTable } from "./providers/provider";
import type { Diagnostic, PolicyViolation, Resource } from "./result";
import type { PropertyMap } from "./values/property";

export interface PreviewOptions {
  /** Directory of the project, which holds Pulumi.yaml. */
  readonly program: string;
  /** `dev` if not given. Pulumi.<stack>.yaml is read where it exists. */
  readonly stack?: string;
  /** `organization` if not given, which is what the Pulumi command uses without a service. */
  readonly organization?: string;
  readonly policyPacks?: readonly PolicyPackOptions[];
  /** Configuration by key, `project:` may be left out. Wins over the files. Values that are no text travel as JSON. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The same for secrets; their values are kept out of all messages. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** Answers to functions that the program calls, by token. */
  readonly invokes?: InvokeTable;
  /** Outputs of resources that the program reads with `.get()`, by type and id. */
  readonly reads?: ReadTable;
  /** Outputs of other stacks, by the name that the program uses. Wrap what is secret there in `secret()`. */
  readonly stackReferences?: Readonly<Record<string, PropertyMap>>;
  /** Behaviour of providers by package; added to, and in place of, the built-in ones. */
  readonly providers?: ProviderTable;
  /** Environment variables for the program and the packs, on top of the caller's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Resource operations that the SDK may have under way at a time; 16 if not given. */
  readonly parallel?: number;
  /** How long the program and a pack may take, each; 120 if not given. */
  readonly timeoutSeconds?: number;
  /** Ends the preview when aborted. */
  readonly signal?: AbortSignal;
  /** Is told what happens as it happens. */
  readonly onEvent?: (event: PreviewEvent) => void;
}

export interface PolicyPackOptions {
  /** Directory of the pack, which holds PulumiPolicy.yaml. */
  readonly dir: string;
  /**
   * What `--policy-pack-config` takes: a level or a record by policy name, and `all` for all; or the path of such a JSON file.
   */
  readonly config?: PolicyPackConfig | string;
}

export type PolicyPackConfig = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

/** Results by token: fixed, or computed from the arguments. */
export type InvokeTable = Readonly<
  Record<string, PropertyMap | ((args: PropertyMap) => PropertyMap | undefined)>
>;

/** Outputs by type, then by id: fixed, or computed. */
export type ReadTable = Readonly<
  Record<
    string,
    Readonly<Record<string, PropertyMap>> | ((id: string, inputs: PropertyMap) => PropertyMap | undefined)
  >
>;

export type PreviewEvent =
  | {
      readonly kind: "packReady";
      readonly pack: string;
      readonly version: string;
      readonly milliseconds: number;
    }
  | { readonly kind: "programStarted" }
  | { readonly kind: "resource"; readonly resource: Resource }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly kind: "violation"; readonly violation: PolicyViolation }
  | { readonly kind: "programFinished"; readonly milliseconds: number };
