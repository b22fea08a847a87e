// One transform and one module map for every project; each package is a jest project so that its tests can be run alone:
// npx jest --selectProjects core
const project = (displayName, root) => ({
  displayName,
  rootDir: __dirname,
  roots: [`<rootDir>/${root}`],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  // Tests read the sources of the other packages, so that a test never passes on a stale build.
  moduleNameMapper: {
    // Dynamic imports carry the extension that Node wants.
    "^(\\.{1,2}/.*)\\.js$": "$1",
    "^(?:\\.\\./)+packages/cli/dist$": "<rootDir>/packages/cli/src/index.ts",
    "^@evenkeel/core/([a-z]+)$": "<rootDir>/packages/core/src/$1/index.ts",
    "^@evenkeel/(core|adapters|rules|offline)$": "<rootDir>/packages/$1/src/index.ts",
    "^@evenkeel/pulumi$": "<rootDir>/packages/components/src/index.ts",
    "^@evenkeel/service-traffic$": "<rootDir>/policy-packs/service-traffic/src/index.ts",
    "^@evenkeel/test-generators$": "<rootDir>/test/generators/src/index.ts",
  },
});

module.exports = {
  testTimeout: 30_000,
  // Jest keeps one core for itself, and of two that is half of what there is.
  maxWorkers: "100%",
  projects: [
    project("core", "packages/core"),
    project("adapters", "packages/adapters"),
    project("rules", "packages/rules"),
    project("components", "packages/components"),
    project("offline", "packages/offline"),
    project("cli", "packages/cli"),
    project("service-traffic", "policy-packs/service-traffic"),
    project("golden", "test/golden"),
    project("field", "test/field"),
    project("sdk", "test/sdk"),
  ],
};
