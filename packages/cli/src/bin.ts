#!/usr/bin/env node
import { main } from "./main";
import { allowClosedPipe, processIO } from "./io";

const io = processIO();
allowClosedPipe(io);
void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
