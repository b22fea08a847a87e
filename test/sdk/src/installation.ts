import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "../../..");

/** Folders of the SDKs: the newest are the workspace's own, the lowest those of this package. */
const SDKS = {
  newest: join(REPOSITORY, "node_modules"),
  lowest: join(REPOSITORY, "test/sdk/node_modules"),
} as const;

export type SdkRange = keyof typeof SDKS;
export const SDK_RANGES: readonly SdkRange[] = ["newest", "lowest"];

const PULUMI = ["aws", "kubernetes", "policy", "pulumi"].map((name) => `@pulumi/${name}`);
/** Other packages that ours depend on. */
const BESIDE = ["fastest-levenshtein", "js-yaml", "yaml"];

const OURS = {
  "@evenkeel/core": "packages/core",
  "@evenkeel/adapters": "packages/adapters",
  "@evenkeel/rules": "packages/rules",
  "@evenkeel/pulumi": "packages/components",
  "@evenkeel/service-traffic": "policy-packs/service-traffic",
} as const;

/** Our packages as npm packs them, unpacked into folders outside the workspace beside the SDKs of one range. */
export class Installations {
  readonly #root = mkdtempSync(join(tmpdir(), "evenkeel-installed-"));
  readonly #tarballs = new Map<string, string>();

  constructor() {
    for (const [name, source] of Object.entries(OURS)) this.#tarballs.set(name, this.#packed(source));
  }

  /** A folder with these files, from which our packages and the SDKs of the range are found, and nothing else. */
  install(range: SdkRange, files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(this.#root, `${range}-`));
    const modules = join(folder, "node_modules");
    for (const [name, tarball] of this.#tarballs) {
      mkdirSync(join(modules, name), { recursive: true });
      run("tar", ["xzf", tarball, "--strip-components=1", "-C", join(modules, name)], folder);
    }
    for (const name of PULUMI) link(join(SDKS[range], name), join(modules, name));
    for (const name of BESIDE) link(join(SDKS.newest, name), join(modules, name));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #packed(source: string): string {
    const place = mkdtempSync(join(this.#root, "tarball-"));
    run(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", place],
      join(REPOSITORY, source),
    );
    const [tarball = ""] = readdirSync(place);
    return join(place, tarball);
  }
}

/** Gives a package of an installation its own copy of the policy SDK, as npm does where versions do not agree. */
export function nestPolicySdk(installation: string, inPackage: string, range: SdkRange): void {
  const target = join(installation, "node_modules", inPackage, "node_modules/@pulumi/policy");
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(SDKS[range], "@pulumi/policy"), target, { recursive: true });
  // The copy finds what it needs beside it.
  for (const name of ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"])
    link(join(SDKS.newest, name), join(dirname(dirname(target)), name));
}

function link(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
}
