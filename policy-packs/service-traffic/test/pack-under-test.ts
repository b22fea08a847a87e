import { packFolder, type PackFolder } from "./pack-folder";
import { PackProcess } from "./pack-process";

/** Bundling and starting may take a while on a busy machine. */
const START_MILLISECONDS = 120_000;

/** Bundles the pack and starts its process for the tests of a file, and ends it after them. `entry` as of `packFolder`. */
export function packUnderTest(entry?: string): () => PackProcess {
  let folder: PackFolder | undefined;
  let pack: PackProcess | undefined;
  beforeAll(async () => {
    folder = packFolder(entry);
    pack = await PackProcess.start(folder.path);
  }, START_MILLISECONDS);
  afterAll(async () => {
    await pack?.stop();
    folder?.remove();
  });
  return () => {
    if (!pack) throw new Error("the pack is not started");
    return pack;
  };
}
