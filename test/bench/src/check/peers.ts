import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A checker of manifests, and how it is run on a folder of them. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  args(folder: string): readonly string[];
}

/** A peer that is installed on first use into a folder of its own. */
interface Recipe extends Peer {
  /** What is there once it is installed. */
  readonly installed: string;
  readonly steps: readonly (readonly [command: string, ...args: readonly string[]])[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Those that could be installed, and the names of those that could not. */
export function installedPeers(cache: string): {
  readonly peers: readonly Peer[];
  readonly left: readonly string[];
} {
  const recipes = [
    kubeScore(join(cache, "kube-score")),
    checkov(join(cache, "checkov")),
    monokle(join(cache, "monokle")),
  ];
  const there = recipes.filter((recipe) => install(recipe));
  return {
    peers: there,
    left: recipes.filter((recipe) => !there.includes(recipe)).map(({ name }) => name),
  };
}

function install({ installed, steps, files = {}, env = {} }: Recipe): boolean {
  if (existsSync(installed)) return true;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  }
  const passes = steps.every(
    ([command, ...args]) =>
      spawnSync(command, args, { stdio: "ignore", env: { ...process.env, ...env } }).status === 0,
  );
  return passes && existsSync(installed);
}

function kubeScore(folder: string): Recipe {
  const command = join(folder, "kube-score");
  return {
    name: "kube-score 1.20.0",
    command,
    args: (manifests) => ["score", "--output-format", "ci", ...filesIn(manifests)],
    installed: command,
    steps: [["go", "install", "github.com/zegl/kube-score/cmd/kube-score@v1.20.0"]],
    env: { GOBIN: folder },
  };
}

function checkov(folder: string): Recipe {
  const command = join(folder, "bin/checkov");
  return {
    name: "checkov 3.3.30",
    command,
    args: (manifests) => [
      ...["--directory", manifests, "--framework", "kubernetes"],
      ...["--output", "json", "--compact", "--quiet", "--skip-download"],
    ],
    installed: command,
    steps: [
      ["python3", "-m", "venv", folder],
      [join(folder, "bin/pip"), "install", "--quiet", "checkov==3.3.30"],
    ],
  };
}

const MONOKLE = {
  name: "bench-monokle",
  version: "0.0.0",
  private: true,
  dependencies: { "@monokle/parser": "0.3.2", "@monokle/validation": "0.33.0" },
};

/** The library as its own command line uses it, without the validators that fetch schemas and policies from the network. */
const MONOKLE_RUN = `import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extractK8sResources } from "@monokle/parser";
import { createDefaultMonokleValidator } from "@monokle/validation";

const [, , folder] = process.argv;
const files = readdirSync(folder).map((name) => ({
  id: name,
  path: name,
  content: readFileSync(join(folder, name), "utf8"),
}));
const plugins = { "yaml-syntax": true, "pod-security-standards": true, practices: true, "resource-links": true };
const validator = createDefaultMonokleValidator();
await validator.preload({ plugins: { ...plugins, "kubernetes-schema": false, "open-policy-agent": false } });
const { runs } = await validator.validate({ resources: extractK8sResources(files) });
console.log(JSON.stringify(runs.map(({ results }) => results.length)));
`;

function monokle(folder: string): Recipe {
  const run = join(folder, "run.mjs");
  return {
    name: "@monokle/validation 0.33.0",
    command: process.execPath,
    args: (manifests) => [run, manifests],
    installed: join(folder, "node_modules/@monokle/validation"),
    files: { [join(folder, "package.json")]: JSON.stringify(MONOKLE), [run]: MONOKLE_RUN },
    steps: [["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"]],
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}
