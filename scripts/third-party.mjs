// Texts of the licences of what a bundle holds of others, as their terms want: written beside the bundle.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Writes the licences of all packages among the inputs of an esbuild metafile. Throws for one that has no licence text. */
export function writeThirdPartyLicences(metafile, directory, file) {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => packageFolder(resolve(directory, input)) ?? []),
  );
  const texts = [...folders].sort().map(licenceOf);
  writeFileSync(file, texts.join(`\n${"-".repeat(80)}\n\n`));
}

/** The folder of the package that a file belongs to, if it lies in node_modules. */
function packageFolder(path) {
  return /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const found = readdirSync(folder).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const notice = join(folder, "NOTICE");
  if (found === undefined && typeof license !== "string") throw new Error(`${folder} has no licence`);
  const parts = [
    `${name} ${version}, ${license}`,
    found === undefined ? "" : readFileSync(join(folder, found), "utf8").trim(),
    existsSync(notice) ? readFileSync(notice, "utf8").trim() : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n") + "\n";
}
