import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commandTime, show, timing } from "../measure";
import { writeManifests } from "./manifests";
import { installedPeers, type Peer } from "./peers";

// `npm run bench:check`: `evenkeel check` against other checkers of manifests, process for process, in turn.

const ROOT = resolve(__dirname, "../../../..");
const MANIFESTS = 1000;
const ROUNDS = 5;
/** What is found is not the question here; each of them exits with 1 where it finds something. */
const ALLOWED = [0, 1];

function main(): void {
  const { peers, left } = installedPeers(join(ROOT, "test/bench/.cache/peers"));
  for (const name of left) console.log(`${name} could not be installed; it is left out`);
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-bench-check-"));
  try {
    writeManifests(folder, MANIFESTS);
    const times = measure([evenkeel, ...peers], folder);
    const ours = times.get(evenkeel) ?? [];
    console.log(
      `${MANIFESTS} manifests in as many files; wall time of the process, ${ROUNDS} rounds in turn; evenkeel check ${show(timing(ours))}`,
    );
    const won = peers.map((peer) => isFaster(ours, times.get(peer) ?? [], peer));
    process.exitCode = won.every(Boolean) && left.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const evenkeel: Peer = {
  name: "evenkeel check",
  command: process.execPath,
  args: (folder) => [join(ROOT, "packages/cli/dist/evenkeel.js"), "check", folder, "--format", "json"],
};

function measure(all: readonly Peer[], folder: string): ReadonlyMap<Peer, readonly number[]> {
  const times = new Map(all.map((one): [Peer, number[]] => [one, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [{ command, args }, taken] of times) taken.push(commandTime(command, args(folder), ALLOWED));
  return times;
}

function isFaster(ours: readonly number[], theirs: readonly number[], { name }: Peer): boolean {
  const ratio = timing(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)));
  const faster = ratio.median < 1;
  console.log(
    `${faster ? "✓" : "✗"} ${show(ratio, "×", 2)} of ${name}, target below 1; it took ${show(timing(theirs))}`,
  );
  return faster;
}

main();
