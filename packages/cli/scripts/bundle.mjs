// Bundles dist/bin.js into dist/evenkeel.js: one file starts in half the time of some five hundred. Run after `tsc -b`.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeThirdPartyLicences } from "../../../scripts/third-party.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["dist/bin.js"],
  outfile: "dist/evenkeel.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // What only some commands load stays out: previews run the user's own Pulumi SDK, SARIF validates what it writes.
  external: ["@evenkeel/offline", "node-sarif-builder"],
  minify: true,
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
writeThirdPartyLicences(metafile, root, `${root}dist/THIRD-PARTY-LICENSES.txt`);
