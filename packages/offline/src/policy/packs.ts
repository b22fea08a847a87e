import type { PolicyPackOptions, PreviewEvent } from "../options";
import type { Diagnostic } from "../result";
import type { Child } from "../process/child";
import { Analyzer } from "./analyzer";
import { configurePack, type StackIdentity } from "./configure";
import { startPack, type PackDirectory, type PackStart } from "./pack-process";

export interface PackToStart {
  readonly directory: PackDirectory;
  readonly config: PolicyPackOptions["config"];
}

/** Starts all packs side by side; resolves, in their order, when all are configured. */
export function startPacks(
  packs: readonly PackToStart[],
  stack: StackIdentity,
  start: PackStart,
  events: {
    readonly onStart: (child: Child) => void;
    readonly onDiagnostic: (diagnostic: Diagnostic) => void;
    readonly emit: (event: PreviewEvent) => void;
  },
): Promise<readonly Analyzer[]> {
  return Promise.all(
    packs.map(async ({ directory, config }) => {
      const began = Date.now();
      const process = await startPack(directory, start, events.onStart);
      const configured = await configurePack(process, stack, config).catch((error: unknown) => {
        process.client.close();
        throw error;
      });
      const { name, version } = configured.info;
      for (const message of configured.warnings) events.onDiagnostic({ severity: "warning", message });
      events.emit({ kind: "packReady", pack: name, version, milliseconds: Date.now() - began });
      return new Analyzer(process, configured);
    }),
  );
}
