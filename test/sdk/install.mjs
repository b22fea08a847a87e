// Installs the packages as npm packs them in empty projects, and uses them as people do: required, imported, compiled with the module
// resolutions of Pulumi's templates, as a command and as a policy pack; on this Node, and on the major versions that are named.
// npm run test:install [22 24 26]. Asks the registry for what the packages depend on.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(fileURLToPath(new URL("../..", import.meta.url)));
const packages = ["core", "adapters", "rules", "components", "offline", "cli"]
  .map((name) => `packages/${name}`)
  .concat("policy-packs/service-traffic");
const root = mkdtempSync(join(tmpdir(), "evenkeel-install-"));
let failed = 0;

try {
  const tarballs = packages.map(pack);
  const project = install("project", [
    ...tarballs,
    "@pulumi/pulumi",
    "@pulumi/aws",
    "@pulumi/kubernetes",
    "@pulumi/policy",
    "typescript@~5.9.3",
    "@types/node@^22",
  ]);
  const command = install(
    "command",
    tarballs.filter((one) => /evenkeel-(core|offline)-|\/evenkeel-\d/.test(one)),
  );
  prepare(project);
  for (const node of [process.execPath, ...process.argv.slice(2).map(nodeOf)]) use(node, project, command);
} finally {
  rmSync(root, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

/** Packs a package and says what is in it that should not be, or is not. */
function pack(source) {
  const place = mkdtempSync(join(root, "packed-"));
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", place], join(repository, source));
  const tarball = join(place, readdirSync(place)[0]);
  const files = run("tar", ["tzf", tarball], place).split("\n");
  const unwanted = files.filter((file) => /\.tsbuildinfo$|\.fixture\.|\.test\.|\/testing\//.test(file));
  check(
    `${source}: nothing of the workshop (${Math.round(statSync(tarball).size / 1024)} KiB)`,
    unwanted.join(" ") === "",
  );
  check(`${source}: LICENSE`, files.includes("package/LICENSE"));
  return tarball;
}

function install(name, what) {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  run("npm", ["install", "--silent", "--ignore-scripts", "--prefer-offline", ...what], folder);
  return folder;
}

function prepare(project) {
  cpSync(join(repository, "examples"), join(project, "examples"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  const source = `
    import { NlbIpService, Scheme } from "@evenkeel/pulumi";
    import { policies, type ServiceTrafficOptions } from "@evenkeel/service-traffic";
    import { preview, type PreviewResult } from "@evenkeel/offline";
    import { LEVELS, type Exposure } from "@evenkeel/core/model";
    import { readPulumi } from "@evenkeel/adapters";
    import { CATALOGUE } from "@evenkeel/rules";
    const options: ServiceTrafficOptions = { all: "advisory" };
    // @ts-expect-error a level that does not exist: types are there, and are not any
    const wrong: ServiceTrafficOptions = { all: "sometimes" };
    // @ts-expect-error the scheme is closed
    const scheme: Scheme = "internet_facing";
    export const used = [NlbIpService, policies, preview, LEVELS, readPulumi, CATALOGUE, options, wrong, scheme];
    export type Used = PreviewResult | Exposure;`;
  writeFileSync(join(project, "program.ts"), source);
  writeFileSync(
    join(project, "required.cjs"),
    `
    const { NlbIpService } = require("@evenkeel/pulumi");
    const { policies, ServiceTraffic } = require("@evenkeel/service-traffic");
    const { preview } = require("@evenkeel/offline");
    if (![NlbIpService, policies, ServiceTraffic, preview].every((one) => typeof one === "function")) process.exit(1);`,
  );
  writeFileSync(
    join(project, "imported.mjs"),
    `
    import { NlbIpService } from "@evenkeel/pulumi";
    import { policies, ServiceTraffic } from "@evenkeel/service-traffic";
    import { preview } from "@evenkeel/offline";
    if (![NlbIpService, policies, ServiceTraffic, preview].every((one) => typeof one === "function")) process.exit(1);`,
  );
  writeFileSync(
    join(project, "service.yaml"),
    "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
  );
}

/** The binary of the newest release of a major version, from the registry. */
function nodeOf(major) {
  const name = `node-${process.platform}-${process.arch}`;
  return join(install(`node-${major}`, [`${name}@${major}`]), "node_modules", name, "bin/node");
}

function use(node, project, command) {
  const version = run(node, ["--version"], project).trim();
  const ends = (what, code, ...args) => {
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: project, encoding: "utf8" });
    check(`${version}: ${what}`, status === code, `${stdout}${stderr}`);
  };
  ends("required", 0, "required.cjs");
  ends("imported", 0, "imported.mjs");
  for (const [module, resolution] of [
    ["commonjs", "node10"],
    ["nodenext", "nodenext"],
  ])
    ends(
      `types under ${resolution}`,
      0,
      "node_modules/typescript/bin/tsc",
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--target",
      "es2022",
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "program.ts",
    );
  const evenkeel = join(project, "node_modules/evenkeel/bin/evenkeel.js");
  const pack = ["--policy-pack", "node_modules/@evenkeel/service-traffic"];
  ends("the command checks", 0, evenkeel, "check", "service.yaml");
  ends("the command previews what is safe", 0, evenkeel, "preview", "examples/storefront", ...pack);
  ends("and what is not", 1, evenkeel, "preview", "examples/storefront-unsafe", ...pack);
  ends(
    "the command alone, without what it has bundled",
    0,
    join(command, "node_modules/evenkeel/bin/evenkeel.js"),
    "check",
    "service.yaml",
  );
}

function check(what, holds, said = "") {
  console.log(`${holds ? "✓" : "✗"} ${what}`);
  if (holds) return;
  failed += 1;
  console.log(said);
}

function run(file, args, cwd) {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed in ${cwd}:\n${stdout}${stderr}`);
  return stdout;
}
