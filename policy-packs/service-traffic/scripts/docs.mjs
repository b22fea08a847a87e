// Writes what is derived from the code: the table of rules and the configuration in README.md, and the files of the presets.
// node scripts/docs.mjs [--check]; with --check nothing is written, and a difference is an error.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import prettier from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));
const { PRESETS, POLICY_RULES, RULE_SETTINGS_TOLD, CATALOGUE_SETTINGS_TOLD, ruleUrl } = sources();

function sources() {
  const folder = mkdtempSync(join(root, ".docs-"));
  try {
    execFileSync(process.execPath, [
      join(root, "scripts/bundle.mjs"),
      folder,
      join(root, "scripts/documented.ts"),
    ]);
    return createRequire(import.meta.url)(join(folder, "documented.js"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rows = (lines) => lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function rulesTable() {
  const lines = POLICY_RULES.map(({ id, level, severity, law }) => [
    `[\`${id}\`](../../${ruleUrl(id)})`,
    level,
    severity,
    law.replaceAll("|", "\\|"),
  ]);
  return rows([["rule", "level", "severity", "what must hold"], ["---", "---", "---", "---"], ...lines]);
}

function settingsTable() {
  const describe = (where, settings) =>
    Object.entries(settings).map(([name, { schema, meaning }]) => [
      where,
      `\`${name}\``,
      schema.enum ? schema.enum.map((value) => `\`${value}\``).join(", ") : [schema.type].flat().join(" or "),
      meaning,
    ]);
  const lines = [
    ...describe("a rule", RULE_SETTINGS_TOLD),
    ...describe("`catalogue`", CATALOGUE_SETTINGS_TOLD),
  ];
  return rows([["of", "setting", "values", "meaning"], ["---", "---", "---", "---"], ...lines]);
}

function withParts(text, parts) {
  return Object.entries(parts).reduce((written, [name, part]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, "<!-- end -->"];
    const from = written.indexOf(begin);
    const to = written.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`README.md has no place for "${name}"`);
    return `${written.slice(0, from)}${begin}\n\n${part}\n\n${written.slice(to)}`;
  }, text);
}

const readme = readFileSync(join(root, "README.md"), "utf8");
const wanted = {
  "README.md": withParts(readme, { rules: rulesTable(), settings: settingsTable() }),
  ...Object.fromEntries(
    Object.entries(PRESETS).map(([name, preset]) => [`presets/${name}.json`, JSON.stringify(preset)]),
  ),
};

const stale = [];
for (const [name, text] of Object.entries(wanted)) {
  const filepath = join(root, name);
  const formatted = await prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
  if (formatted === read(filepath)) continue;
  stale.push(name);
  if (!process.argv.includes("--check")) writeFileSync(filepath, formatted);
}
if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`${stale.join(", ")}: not what the code says; run npm run docs -w @evenkeel/service-traffic`);
  process.exitCode = 1;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
