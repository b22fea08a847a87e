import type { PolicyPackOptions, PreviewEvent } from "../options";
import type { Child } from "../process/child";
import { Analyzer, type StackIdentity } from "./analyzer";
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
  events: { readonly onStart: (child: Child) => void; readonly emit: (event: PreviewEvent) => void },
): Promise<readonly Analyzer[]> {
  return Promise.all(
    packs.map(async ({ directory, config }) => {
      const began = Date.now();
      const analyzer = await Analyzer.configure(
        await startPack(directory, start, events.onStart),
        stack,
        config,
      );
      const { name, version } = analyzer.info;
      events.emit({ kind: "packReady", pack: name, version, milliseconds: Date.now() - began });
      return analyzer;
    }),
  );
}
