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
  ...Object.entries(directions).map(([folder, patterns]) => ({
    files: [`${folder}/src/**/*.ts`],
    ignores: ["**/*.test.ts", "**/*.fixture.ts"],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  })),
  {
    files: ["**/*.js"],
    languageOptions: { sourceType: "commonjs" },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
