import { releaseAfter } from "./release";
import { release as previous } from "./1.31";

/** Errors say "may not be more than"; nodes are given 50 seconds before they count as lost. */
export const release = releaseAfter(previous, {
  version: "1.32",
  proof: { basis: "sources", patch: "1.32.13" },
  api: {
    tooLong: "may not be more than",
    printsWholeToleration: false,
    knowsPodLevelResources: true,
    sleep: "positive, names the gate",
  },
  controllers: {
    nodeMonitorGraceSeconds: 50,
  },
});
