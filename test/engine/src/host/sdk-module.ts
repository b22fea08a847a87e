import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The SDK's own entry, found from the program's folder as its `require` would find it: a program, a pack and a component
 * package may each bring their own copy of the SDK.
 *
 * @throws with the folder and the fix when the SDK is not installed there.
 */
export function sdkModule(name: "run" | "run-plugin" | "run-policy-pack", programDirectory: string): string {
  const id = `@pulumi/pulumi/cmd/${name}`;
  try {
    return createRequire(join(programDirectory, "index.js")).resolve(id);
  } catch {
    throw new Error(`${id} is not to be found from ${programDirectory}; run npm install there`);
  }
}
