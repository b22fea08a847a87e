import { PassThrough, Readable } from "node:stream";
import { main } from "../../../packages/cli/dist";

/** What a run of the command printed, and its exit code. */
export interface Run {
  readonly args: readonly string[];
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process. */
export async function evenkeel(args: readonly string[]): Promise<Run> {
  const out = collector();
  const err = collector();
  const code = await main(args, {
    stdin: Object.assign(Readable.from([]), { isTTY: true }) as unknown as NodeJS.ReadStream, // asked for isTTY only
    stdout: out.stream,
    stderr: err.stream,
    env: { NO_COLOR: "1" },
    today: "2026-12-01",
  });
  return { args, code, out: out.text(), err: err.text() };
}

function collector(): { readonly stream: NodeJS.WriteStream; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return {
    stream: stream as unknown as NodeJS.WriteStream, // only written to; a terminal it is not
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
