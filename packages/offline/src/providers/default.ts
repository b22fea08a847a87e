import type { Provider } from "./provider";

/** A package of which nothing is known: inputs are taken as they are and returned, every other output is unknown. */
export const echo: Provider = {
  acceptsSecrets: true,
  check: ({ inputs }) => ({ inputs }),
  create: ({ inputs }) => inputs,
};

/** Code of the program itself, which only the engine runs: nothing is known of what it returns. */
export const dynamic: Provider = { ...echo, create: () => ({}) };
