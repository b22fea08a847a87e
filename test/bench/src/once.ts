import { assess } from "@evenkeel/core/decide";
import { scene } from "./scene";

// One estimate and one decision in a fresh process; the benchmark times it from outside.
const { estimates, decisions } = assess(scene(20, 20));
if (estimates.length === 0 || decisions.length === 0) process.exitCode = 1;
