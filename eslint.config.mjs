import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// The house has one direction: cli, components and policy packs -> adapters, rules -> core. What a folder may not import is
// written here once; a new package gets one line.
const pulumi = { group: ["@pulumi/*"], message: "This package knows nothing of Pulumi." };
const io = {
  group: ["node:fs", "node:fs/*", "node:net", "node:http", "node:child_process", "fs", "child_process"],
  message: "This package does no I/O: take records, return records.",
};
const not = (...names) => ({
  group: names.flatMap((name) => [name, `${name}/*`]),
  message: "Dependencies point one way: cli, components, policy-packs -> adapters, rules -> core.",
});
const evenkeel = {
  adapters: "@evenkeel/adapters",
  rules: "@evenkeel/rules",
  components: "@evenkeel/pulumi",
  offline: "@evenkeel/offline",
  cli: "evenkeel",
  pack: "@evenkeel/service-traffic",
};
const upper = [evenkeel.components, evenkeel.offline, evenkeel.cli, evenkeel.pack];

const directions = {
  "packages/core": [pulumi, io, not(evenkeel.adapters, evenkeel.rules, ...upper)],
  "packages/adapters": [pulumi, io, not(evenkeel.rules, ...upper)],
  "packages/rules": [pulumi, io, not(evenkeel.adapters, ...upper)],
  "packages/components": [
    { group: ["@pulumi/policy"], message: "Components never import the policy SDK." },
    not(evenkeel.offline, evenkeel.cli, evenkeel.pack),
  ],
  "packages/cli": [pulumi, not(evenkeel.components, evenkeel.pack)],
  "policy-packs/service-traffic": [not(evenkeel.components, evenkeel.offline, evenkeel.cli)],
};

// Load balancers and their controllers are named in their own folders only; everybody else asks the registries. What they are called,
// and what core exports of one of them, is read from those folders.
const BALANCERS = join(import.meta.dirname, "packages/core/src/balancers");
const folders = readdirSync(BALANCERS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "checks")
  .map(({ name }) => name);
const found = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);
const balancerNames = readdirSync(BALANCERS, { recursive: true })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(BALANCERS, file), "utf8"))
  .flatMap((text) => found(text, /^(?:\s*(?:name|kind):|const NAME =) "([a-z0-9-]+)"[,;]$/gm))
  // The tool is called so too.
  .filter((name) => name !== "pulumi");
const balancerExports = found(
  readFileSync(join(BALANCERS, "index.ts"), "utf8"),
  new RegExp(`^export ([^"]+) from "\\./(?:${folders.join("|")})[/"]`, "gm"),
).flatMap((exported) => found(exported, /(\w+)(?= *[,}]|$)/g));
const namesNoBalancer = [
  {
    selector: `Literal[value=/^(?:${[...new Set(balancerNames)].join("|")})$/]`,
    message: "Only its own folder names a load balancer or controller; ask the registries of core/balancers.",
  },
  {
    selector: `ImportSpecifier[imported.name=/^(?:${balancerExports.join("|")})$/]`,
    message: "This belongs to one load balancer; ask the registries of core/balancers.",
  },
  {
    selector: `ImportDeclaration[source.value=/balancers\\/(?:${folders.join("|")})\\b/]`,
    message: "This belongs to one load balancer; ask the registries of core/balancers.",
  },
];
const ofOneBalancer = (folder) => folders.map((name) => `packages/${folder}/src/${name}/**`);

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "coverage/**", "**/.cache/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          destructuredArrayIgnorePattern: "^_",
          ignoreRestSiblings: true,
        },
      ],
      // `const X = { … } as const; type X = …` is how the schema inference of Pulumi wants enums.
      "@typescript-eslint/no-redeclare": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["**/src/**/*.ts"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
    },
    // Types may refer to each other; modules that need each other to load may not.
    rules: { "import-x/no-cycle": ["error", { ignoreExternal: true }] },
  },
  ...Object.entries(directions).map(([folder, patterns]) => ({
    files: [`${folder}/src/**/*.ts`],
    ignores: ["**/*.test.ts", "**/*.fixture.ts"],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  })),
  {
    files: ["core", "rules", "adapters", "components", "cli"].map(
      (folder) => `packages/${folder}/src/**/*.ts`,
    ),
    ignores: [
      "**/*.test.ts",
      "**/*.fixture.ts",
      "packages/core/src/balancers/**",
      ...ofOneBalancer("rules"),
      ...ofOneBalancer("adapters"),
      // What the components for an NLB share: its annotations.
      "packages/components/src/resources/annotation*.ts",
    ],
    rules: { "no-restricted-syntax": ["error", ...namesNoBalancer] },
  },
  {
    files: ["**/*.js"],
    languageOptions: { sourceType: "commonjs" },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
