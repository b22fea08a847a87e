import { decide } from "@evenkeel/core/decide";
import { estimate } from "@evenkeel/core/estimate";
import { scene } from "./scene";

// One estimate and one decision in a fresh process; the benchmark times it from outside.
const exposure = scene(20, 20);
if (estimate(exposure).length === 0 || decide(exposure).length === 0) process.exitCode = 1;
