import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly manifest: Manifest;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/** Everything that the program in `directory` depends on, each package once, nearest first. */
export function installedPackages(directory: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const pending = [{ directory, manifest: manifestOf(directory) }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    for (const name of Object.keys(next.manifest.dependencies ?? {})) {
      const at = packageDirectory(name, next.directory);
      if (at === undefined || found.has(at)) continue;
      const manifest = manifestOf(at);
      found.set(at, { name, version: manifest.version ?? "0.0.0", directory: at, manifest });
      pending.push({ directory: at, manifest });
    }
  }
  return [...found.values()];
}

export interface ResourcePlugin {
  readonly name: string;
  readonly version: string;
  readonly server: string;
}

/**
 * The provider plugins that the program's packages stand for: those that say `pulumi.resource` in their package.json
 * (pulumi-language-nodejs main.go getPackageInfo). The plugin's name is `pulumi.name`, or the npm name under `@pulumi/`.
 */
export function resourcePlugins(directory: string): readonly ResourcePlugin[] {
  return installedPackages(directory).flatMap(({ name, version, manifest }) => {
    const { pulumi } = manifest;
    if (!pulumi?.resource) return [];
    return [
      {
        name: pulumi.name ?? name.replace(/^@pulumi\//, ""),
        version: `v${(pulumi.version ?? version).replace(/^v/, "")}`,
        server: pulumi.server ?? "",
      },
    ];
  });
}

function manifestOf(directory: string): Manifest {
  try {
    // package.json is what npm wrote or checked; a field of another type would have failed there.
    return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** A package may hide its package.json behind `exports`; the folder is found on the search path instead. */
function packageDirectory(name: string, from: string): string | undefined {
  const paths = createRequire(join(from, "index.js")).resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((path) => manifestOf(path).name === name);
}
