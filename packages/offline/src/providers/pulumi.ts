import { containsSecrets, unknown, type PropertyMap } from "../values/property";
import type { Provider } from "./provider";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const STASH = "pulumi:index:Stash";

/**
 * The engine's own resources: stack references, answered from a table, and stashes (deploy/builtins.go).
 *
 * @param onMissing is told of each stack that the table does not have; its outputs are unknown
 */
export function builtin(
  stacks: Readonly<Record<string, PropertyMap>>,
  onMissing: (stack: string) => void,
): Provider {
  const readStack = (name: string): PropertyMap => {
    const outputs = Object.hasOwn(stacks, name) ? stacks[name] : undefined;
    if (outputs === undefined) {
      onMissing(name);
      return { name, outputs: unknown };
    }
    const secretOutputNames = Object.keys(outputs).filter((key) => containsSecrets(outputs[key] ?? null));
    return { name, outputs, secretOutputNames: secretOutputNames.sort() };
  };
  return {
    acceptsSecrets: true,
    check: ({ type, inputs }) =>
      type === STACK_REFERENCE || type === STASH
        ? { inputs }
        : { failures: [{ reason: `unrecognized resource type '${type}'` }] },
    create: ({ type, inputs }) =>
      type === STASH
        ? { input: inputs.input ?? null, output: inputs.input ?? null }
        : readStack(String(inputs.name)),
    read: ({ type, id, inputs }) =>
      type === STACK_REFERENCE ? readStack(String(inputs.name ?? id)) : undefined,
    invoke: (token, args) =>
      token === "pulumi:pulumi:readStackOutputs" ? readStack(String(args.name)) : undefined,
  };
}
