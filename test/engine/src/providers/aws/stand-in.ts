import { createHash } from "node:crypto";
import { aws, Unknown, type CheckAnswer, type PropertyMap } from "@evenkeel/offline";
import { at, changedKeys, fillUnknowns } from "../inputs";
import type { Existing, StandIn } from "../stand-in";
import { realise } from "./cloud";
import { replaces } from "./replacement";

interface Resource extends Existing {
  readonly type: string;
  readonly inputs: PropertyMap;
}

/** AWS: previews as `packages/offline` knows them, with an account behind it that lives as long as this object. */
export function awsStandIn(): Omit<StandIn, "invoke"> {
  const preview = aws;
  const account = new Map<string, Resource>();
  const taken = (type: string, name: unknown): boolean =>
    name !== undefined &&
    [...account.values()].some((resource) => resource.type === type && resource.outputs["name"] === name);

  return {
    name: "aws",
    version: "7.48.0",
    referred: ["aws:lb/loadBalancer:LoadBalancer", "aws:lb/targetGroup:TargetGroup"],
    acceptsSecrets: preview.acceptsSecrets,
    checkConfig: (config) => preview.checkConfig?.(config) ?? config,

    check: (request) => {
      const answer = preview.check(request);
      if ("failures" in answer) return answer;
      return named(answer.inputs, request.inputs, request.olds, () =>
        taken(request.type, answer.inputs["name"]) ? request.randomSeed : undefined,
      );
    },

    diff: ({ type, oldInputs, inputs, ignoreChanges }) => {
      const changed = changedKeys(oldInputs, inputs, [...ignoreChanges, "__defaults"]);
      return { changed, replaces: replaces(type, changed) };
    },

    create: (request) => {
      const outputs = preview.create(request);
      if (request.preview) return { id: "", outputs };
      if (taken(request.type, request.inputs["name"])) {
        throw new Error(
          `ResourceInUse: a ${request.type} named ${String(request.inputs["name"])} exists already`,
        );
      }
      const created = realise(request.type, request.name, outputs);
      account.set(created.id, { ...created, type: request.type, inputs: request.inputs });
      return created;
    },

    update: (request) => {
      // What only AWS knows stays as it is, unless it hangs on an input that is not known yet.
      const outputs = fillUnknowns(preview.create(request), (path) => {
        const input = at(request.inputs, ...path);
        return input instanceof Unknown ? input : (at(request.oldOutputs, ...path) ?? null);
      });
      if (!request.preview)
        account.set(request.id, { id: request.id, type: request.type, inputs: request.inputs, outputs });
      return outputs;
    },

    read: ({ id }) => account.get(id),
    delete: ({ id }) => void account.delete(id),
  };
}

/**
 * A generated name outlives a rename of the resource; a replacement, for which the engine checks anew without the old state,
 * needs a second name while the first is taken (terraform bridge: autonaming from the random seed).
 */
function named(
  checked: PropertyMap,
  written: PropertyMap,
  olds: PropertyMap,
  seed: () => Uint8Array | undefined,
): CheckAnswer {
  const { name } = checked;
  if (written["name"] !== undefined || typeof name !== "string") return { inputs: checked };
  const old = olds["name"];
  if (typeof old === "string") return { inputs: { ...checked, name: old } };
  const random = seed();
  if (random === undefined) return { inputs: checked };
  const digits = createHash("sha256").update(random).digest("hex").slice(0, 7);
  return { inputs: { ...checked, name: name.replace(/[0-9a-f]{7}$/, digits) } };
}
