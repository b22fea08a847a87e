import { readdirSync, readFileSync } from "node:fs";
import { PackProcess } from "../../../policy-packs/service-traffic/test/pack-process";

/** What a pack took until it answered for the first time. */
export interface Boot {
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
  readonly residentMegabytes: number;
}

export async function boot(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Boot> {
  const start = process.hrtime.bigint();
  const pack = await PackProcess.start(folder, environment);
  const wallMilliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  try {
    return { wallMilliseconds, cpuMilliseconds: cpuOf(pack.pid), residentMegabytes: residentOf(pack.pid) };
  } finally {
    await pack.stop();
  }
}

/** Time on a processor, of all threads, to the nanosecond (Linux `schedstat`). */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

function residentOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
