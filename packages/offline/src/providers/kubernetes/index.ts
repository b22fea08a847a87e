import { loadAll } from "js-yaml";
import { asMap } from "../../project/project";
import { isMap, reveal, type PropertyMap, type PropertyValue } from "../../values/property";
import { suffix } from "../autoname";
import type { CheckAnswer, CheckRequest, Provider } from "../provider";
import { dryRun } from "./dry-run";
import {
  hasGenerateName,
  isNamed,
  metadataOf,
  normalized,
  withManagedByLabel,
  withName,
  withNamespace,
  withSecrets,
} from "./inputs";
import { CustomKinds, isBuiltIn } from "./kinds";
import { defaultNamespace } from "./namespace";

export interface KubernetesOptions {
  /**
   * `unreachable`, the default: what a preview without kubeconfig gives, inputs as they are. `reachable`: what a server-side
   * dry run gives, with defaults and allocated ports and addresses; numbers depend on names alone.
   */
  readonly cluster?: "reachable" | "unreachable";
}

/**
 * `@pulumi/kubernetes` at preview (pulumi-kubernetes provider/pkg/provider/provider.go Check, Create). The round trip of built-in
 * kinds through their Go types, which rewrites quantities and drops fields that no kind has, is not modelled.
 */
export function kubernetes(options: KubernetesOptions = {}): Provider {
  const kinds = new CustomKinds();
  const server = options.cluster === "reachable" ? dryRun() : undefined;
  return {
    acceptsSecrets: true,
    check: (request) => check(request, kinds),
    create: ({ urn, inputs }) => server?.(urn, inputs) ?? inputs,
    invoke: (token, args) => (token === "kubernetes:yaml:decode" ? decodeYaml(args, kinds) : undefined),
  };
}

function check({ urn, type, name, inputs: written, config }: CheckRequest, kinds: CustomKinds): CheckAnswer {
  if (type.startsWith("kubernetes:helm.sh/")) return { inputs: written };
  if (isBuiltIn(written) && type.endsWith("List") && String(written["kind"]).endsWith("List"))
    return refused(
      "list resources exist for YAML manifests and Helm charts; create the objects in the list themselves",
    );
  const revealed = reveal(written);
  const object = normalized(isMap(revealed) ? revealed : {});
  const serverSide = config["enableServerSideApply"] !== "false";
  const isPatch = type.endsWith(`:${String(object["kind"])}Patch`);
  if (isPatch && !serverSide)
    return refused("patch resources need server-side apply (enableServerSideApply of the provider)");
  if (isPatch && !isNamed(object))
    return refused("a patch resource needs the name of the object", "metadata.name");
  if (hasGenerateName(object) && !isNamed(object) && serverSide)
    return refused("generateName cannot be used with server-side apply", "metadata.generateName");

  const named =
    isNamed(object) || hasGenerateName(object) ? object : withName(object, `${name}-${suffix(urn, 8)}`);
  const labelled = serverSide ? named : withManagedByLabel(named);
  const namespace = defaultNamespace(config);
  const placed =
    namespace !== undefined && metadataOf(labelled)["namespace"] === undefined && kinds.isNamespaced(labelled)
      ? withNamespace(labelled, namespace)
      : labelled;
  kinds.learn(placed);
  return { inputs: withSecrets(placed, written) };
}

function refused(reason: string, property?: string): CheckAnswer {
  return { failures: [{ reason, property }] };
}

// invoke_decode_yaml.go: documents without kind or apiVersion are skipped.
function decodeYaml({ text, defaultNamespace: namespace }: PropertyMap, kinds: CustomKinds): PropertyMap {
  const objects = loadAll(String(text))
    .map((document) => plain(asMap(document)))
    .filter((object) => object["kind"] && object["apiVersion"])
    .map((object) =>
      typeof namespace === "string" &&
      namespace !== "" &&
      !metadataOf(object)["namespace"] &&
      kinds.isNamespaced(object)
        ? withNamespace(object, namespace)
        : object,
    );
  return { result: objects };
}

function plain(map: Readonly<Record<string, unknown>>): PropertyMap {
  const value = plainValue(map);
  return isMap(value) ? value : {};
}

// YAML knows dates; a manifest's timestamps are text.
function plainValue(value: unknown): PropertyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(asMap(value)).map(([key, item]) => [key, plainValue(item)]));
}
