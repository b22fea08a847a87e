import { assess } from "@evenkeel/core/decide";
import { estimateDuring } from "@evenkeel/core/estimate";
import { join, resolve } from "node:path";
import { clock, held, interleaved, misses, nodeProcess, show, timing } from "./measure";
import { benchPlacement } from "./placement";
import { scene } from "./scene";

// `npm run bench`: the figures that the project promises, each beside its target, from one run.

const ROOT = resolve(__dirname, "../../..");
const EVENKEEL = join(ROOT, "packages/cli/dist/evenkeel.js");
const EMPTY = ["-e", "0"];

// Estimate and decision, all fixes included: 20 replicas on 20 nodes, 200 trials.
const fresh = interleaved(
  11,
  () => nodeProcess([join(__dirname, "once.js")]),
  () => nodeProcess(EMPTY),
);
held(
  "estimate and decision in a fresh process, above an empty Node process",
  fresh.a.median - fresh.b.median,
  80,
  "ms",
  `${show(fresh.a)} against ${show(fresh.b)}, 11 pairs`,
);

const exposure = scene(20, 20);
const both = (): unknown => assess(exposure);
for (let i = 0; i < 30; i += 1) both();
const warm = timing(Array.from({ length: 51 }, () => clock(both)));
held("estimate and decision, warm", warm.median, 10, "ms", `${show(warm)}, 51 runs`);

// The same over a rollout: every pod of 200 rollouts, and the balancer after them.
const rollout = timing(
  Array.from({ length: 7 }, () => clock(() => estimateDuring(exposure, { events: [{ kind: "rollout" }] }))),
);
held("what a rollout drops, 200 of them", rollout.median / 1000, 1, "s", `${show(rollout)}, 7 runs`);

// The storefront end to end: the real SDK, the real policy pack, resources, policies, decision and estimate.
const storefront = [
  EVENKEEL,
  "preview",
  join(ROOT, "examples/storefront"),
  "--policy-pack",
  join(ROOT, "policy-packs/service-traffic"),
];
const preview = timing(Array.from({ length: 5 }, () => nodeProcess(storefront)));
held("preview of the storefront, end to end", preview.median / 1000, 3, "s", `${show(preview)}, 5 runs`);

void benchPlacement().then(() => {
  process.exitCode = misses() > 0 ? 1 : 0;
});
