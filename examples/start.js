// `npm start`: previews the safe example and its unsafe twin through the real Pulumi SDK and the real policy pack, without the Pulumi
// command, a cluster or a cloud account. Exit 0 if the safe one passed and the unsafe one was blocked.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const root = join(__dirname, "..");
const evenkeel = join(root, "packages/cli/dist/evenkeel.js");
const pack = join(root, "policy-packs/service-traffic");

/** Exit codes of the command: 0 clean, 1 blocked. */
const expected = { storefront: 0, "storefront-unsafe": 1 };

let failed = false;
for (const [example, wanted] of Object.entries(expected)) {
  console.log(`\n── evenkeel preview examples/${example} --policy-pack policy-packs/service-traffic\n`);
  const { status } = spawnSync(
    process.execPath,
    [evenkeel, "preview", join(__dirname, example), "--policy-pack", pack],
    { stdio: "inherit" },
  );
  const said = status === 0 ? "passed" : status === 1 ? "was blocked" : `failed with exit code ${status}`;
  console.log(
    `\n${example} ${said}${status === wanted ? ", as it should" : `; it should have ${wanted === 0 ? "passed" : "been blocked"}`}`,
  );
  failed ||= status !== wanted;
}
process.exitCode = failed ? 1 : 0;
