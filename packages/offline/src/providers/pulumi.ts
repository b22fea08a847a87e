import { Unanswered } from "../errors";
import { containsSecrets, type PropertyMap } from "../values/property";
import type { Provider } from "./provider";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const STASH = "pulumi:index:Stash";

/** The engine's own resources: stack references, answered from a table, and stashes (deploy/builtins.go). */
export function builtin(stacks: Readonly<Record<string, PropertyMap>>): Provider {
  const readStack = (name: string): PropertyMap => {
    const outputs = Object.hasOwn(stacks, name) ? stacks[name] : undefined;
    if (outputs === undefined)
      throw new Unanswered(
        `the program reads the outputs of stack ${name}; give them in stackReferences: { "${name}": … }`,
        "stackReference",
        name,
      );
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
