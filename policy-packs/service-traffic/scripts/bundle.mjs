// Bundles the pack into one file an entry: a pack is loaded for every command of its users, and one file loads faster than hundreds.
// node scripts/bundle.mjs [FOLDER [ENTRY...]]; without arguments dist/pack.js and dist/index.js.
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeThirdPartyLicences } from "../../../scripts/third-party.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = resolve(root, "../../packages");
const [folder = join(root, "dist"), ...given] = process.argv.slice(2);
const entries = given.length > 0 ? given : [join(root, "src/pack.ts"), join(root, "src/index.ts")];

// From the sources of the workspace, so that a bundle never holds a stale build.
const sources = (name) => [`@evenkeel/${name}`, join(packages, name, "src")];
const alias = Object.fromEntries(["core", "adapters", "rules"].map(sources));
if (!Object.values(alias).every(existsSync))
  throw new Error(`no sources of Evenkeel's packages in ${packages}`);

const { metafile } = await build({
  entryPoints: Object.fromEntries(entries.map((entry) => [basename(entry, ".ts"), resolve(entry)])),
  outdir: resolve(folder),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  alias,
  // The SDKs are the user's, and keep state in their modules, as does what they speak with.
  // js-yaml is for remediation, and for settings that name a file in YAML.
  external: ["@pulumi/*", "@grpc/grpc-js", "google-protobuf", "js-yaml"],
  // Parsing is half of what loading costs; the map leads back to the sources.
  minify: true,
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
writeThirdPartyLicences(metafile, process.cwd(), join(resolve(folder), "THIRD-PARTY-LICENSES.txt"));
