import { createColors } from "picocolors";

/** Colours, or none: chosen once from the output and `NO_COLOR`, so that every renderer is a pure function. */
export type Paint = ReturnType<typeof createColors>;

export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const wanted = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return createColors(!refused && (wanted || stream.isTTY === true));
}
