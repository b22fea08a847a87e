import { Presets, SingleBar } from "cli-progress";
import type { IO } from "./io";

/** A progress bar on a terminal, nothing elsewhere. */
export interface Progress {
  step(): void;
  stop(): void;
}

/** Fewer steps than this are over before a bar can be read. */
const WORTH_SHOWING = 50;

export function progress({ stderr }: IO, total: number, what: string): Progress {
  if (!stderr.isTTY || total < WORTH_SHOWING) return { step() {}, stop() {} };
  const bar = new SingleBar(
    { format: `${what} {bar} {value}/{total}`, stream: stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}

/** One line that says what is being done: rewritten in place on a terminal, silent elsewhere. */
export interface StatusLine {
  say(text: string): void;
  stop(): void;
}

export function statusLine({ stderr }: IO): StatusLine {
  if (!stderr.isTTY) return { say() {}, stop() {} };
  const bar = new SingleBar(
    { format: "  {text}", stream: stderr, clearOnComplete: true, hideCursor: true },
    Presets.rect,
  );
  bar.start(1, 0, { text: "" });
  return { say: (text) => bar.update({ text }), stop: () => bar.stop() };
}
