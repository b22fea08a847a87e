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
