import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { preview, type PreviewResult } from "@evenkeel/offline";
import { buildSync } from "esbuild";

const REPOSITORY = resolve(__dirname, "../../..");
// Within the workspace, so that programs find its SDKs; the folder is ignored by git.
const CACHE = join(__dirname, "../.cache");

/** How much of a program is not known at preview. */
export interface Variation {
  /** The cluster is made by the same program, so that its kubeconfig is still to come. */
  readonly kubeconfig: "known" | "unknown";
  /** What of the inputs is still to come: the namespace, every plain value, or every top-level property. */
  readonly inputs: "known" | "namespace" | "values" | "properties";
}

/** Makes a program, given as the path of its entry from the root of the repository, less and less known. */
export class VariedProgram {
  readonly #directory: string;

  constructor(entry: string) {
    mkdirSync(CACHE, { recursive: true });
    this.#directory = mkdtempSync(join(CACHE, "varied-"));
    const files = {
      "Pulumi.yaml": "name: varied\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "package.json": JSON.stringify({ private: true, main: "index.js" }),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#directory, name), text);
    const packages = ["core", "adapters", "rules"].map((name) => [`@evenkeel/${name}`, sources(name)]);
    buildSync({
      stdin: {
        contents: `import "./unknown-inputs"; import ${JSON.stringify(join(REPOSITORY, entry))};`,
        resolveDir: __dirname,
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["@pulumi/*"],
      alias: Object.fromEntries([...packages, ["@evenkeel/pulumi", sources("components")]]),
      outfile: join(this.#directory, "index.js"),
      logLevel: "error",
    });
  }

  preview(variation: Variation, pack: string): Promise<PreviewResult> {
    return preview({
      program: this.#directory,
      policyPacks: [{ dir: pack }],
      env: { VARIATION: JSON.stringify(variation) },
    });
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function sources(packageFolder: string): string {
  return join(REPOSITORY, "packages", packageFolder, "src");
}
