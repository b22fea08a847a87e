const workspace = require("../../jest.config.js");

// The same transform and the same map to the sources as every other project; only the place and the patience differ.
const [like] = workspace.projects;

module.exports = {
  testTimeout: 600_000,
  // The engine, its packs and its programs keep both cores busy by themselves.
  maxWorkers: 1,
  reporters: ["default", "<rootDir>/reporter.js"],
  projects: [{ ...like, displayName: "engine", roots: ["<rootDir>/test/engine/src"] }],
};
