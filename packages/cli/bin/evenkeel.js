#!/usr/bin/env node
// npm links a command only to a file that is there when it installs, and in a clone the bundle is built after that.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const bundle = join(__dirname, "../dist/evenkeel.js");
if (existsSync(bundle)) require(bundle);
else {
  console.error("evenkeel: not built yet; run `npm run build` first");
  process.exitCode = 2;
}
