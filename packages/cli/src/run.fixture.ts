import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { main } from "./main";

/** What a run of the command said, and its exit code. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process, on a clock that stands still. */
export async function evenkeel(args: readonly string[], stdin = ""): Promise<Run> {
  const out = collector();
  const err = collector();
  const input = Object.assign(Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]), {
    isTTY: stdin === "",
  });
  const code = await main(args, {
    stdin: input as unknown as NodeJS.ReadStream, // only read from and asked for isTTY
    stdout: out.stream,
    stderr: err.stream,
    env: { NO_COLOR: "1" },
    today: "2026-11-22",
  });
  return { code, out: out.text(), err: err.text() };
}

function collector(): { stream: NodeJS.WriteStream; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return {
    stream: stream as unknown as NodeJS.WriteStream, // only written to; a terminal it is not
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}

/** A folder with files, also in folders of their own, gone after the test. */
export function folder(files: Readonly<Record<string, string>>): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "evenkeel-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Pods that a Service `shop/web` with the selector `app=web` finds. */
export function deployment(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;
}
