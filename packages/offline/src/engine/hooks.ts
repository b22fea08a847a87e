import type { RegisterResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb";
import { ResourceRefused } from "../errors";
import type { Resource } from "../result";
import type { Callbacks } from "./callbacks";

/** Resource hooks: code of the program that runs around a create. At preview only those that ask for it (`onDryRun`). */
export class Hooks {
  readonly #hooks = new Map<string, RegisterResourceHookRequest>();

  constructor(private readonly callbacks: Callbacks) {}

  add(hook: RegisterResourceHookRequest): void {
    this.#hooks.set(hook.getName(), hook);
  }

  async run(names: readonly string[], resource: Resource, withOutputs: boolean): Promise<void> {
    for (const name of names) {
      const hook = this.#hooks.get(name);
      if (hook === undefined)
        throw new ResourceRefused(`${resource.urn}: resource hook '${name}' is not registered`, resource.urn);
      if (!hook.getOnDryRun()) continue;
      try {
        await this.callbacks.runHook(hook, {
          ...resource,
          outputs: withOutputs ? resource.outputs : undefined,
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ResourceRefused(`${resource.urn}: resource hook '${name}' failed: ${reason}`, resource.urn);
      }
    }
  }
}
