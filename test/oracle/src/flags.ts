/** Reads `--name value` pairs of a known set. A flag that is not known, or lacks its value, is refused with what is wanted. */
export function readFlags<Name extends string>(
  args: readonly string[],
  known: Readonly<Record<Name, string>>,
): Partial<Readonly<Record<Name, string>>> {
  const values: Partial<Record<Name, string>> = {};
  for (let at = 0; at < args.length; at += 2) {
    const [flag = "", value] = args.slice(at, at + 2);
    const name = (Object.keys(known) as Name[]).find((one) => `--${one}` === flag);
    if (name === undefined || value === undefined) {
      const usage = (Object.entries(known) as [Name, string][]).map(
        ([one, meaning]) => `  --${one} ${meaning}`,
      );
      throw new Error(
        `${flag || "(nothing)"}: ${name ? "lacks its value" : "not known"}; wanted\n${usage.join("\n")}`,
      );
    }
    values[name] = value;
  }
  return values;
}

export function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${flag} ${text}: wanted a whole number, 0 or more`);
  return value;
}
