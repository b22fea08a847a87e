import Table from "cli-table3";

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Columns of text, each as wide as its widest cell, without borders. */
export function columns(rows: readonly (readonly string[])[], indent = 2): string {
  if (rows.length === 0) return "";
  const table = new Table({
    chars: NO_BORDERS,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line.trimEnd()}`)
    .join("\n");
}

const BLOCKS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of up to `width` cells for a fraction of `full`, in eighths of a cell. */
export function bar(value: number, full: number, width = 24): string {
  const eighths = full > 0 ? Math.round((Math.min(value, full) / full) * width * 8) : 0;
  return "█".repeat(Math.floor(eighths / 8)) + (BLOCKS[eighths % 8] ?? "");
}

/** Named numbers of one thing or several: with several, one column each under its name. */
export function sideBySide(
  all: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[],
): readonly (readonly string[])[] {
  const [first, ...others] = all;
  if (!first) return [];
  if (others.length === 0) return first.rows;
  const values = all.map(({ rows }) => new Map(rows.map(([name = "", value = ""]) => [name, value])));
  const names = [...new Set(values.flatMap((one) => [...one.keys()]))];
  return [
    ["", ...all.map(({ name }) => name)],
    ...names.map((name) => [name, ...values.map((one) => one.get(name) ?? "")]),
  ];
}
