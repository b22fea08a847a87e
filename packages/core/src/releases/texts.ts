import { supportedRange } from "./registry";
import type { ReleaseAssumption } from "./answering-release";

/** `Kubernetes 1.39 is newer than what is modelled: answered as for 1.36 (supported: 1.30 to 1.36)`. */
export function releaseAssumptionText({ code, data: { version, answeredAs } }: ReleaseAssumption): string {
  const supported = `(supported: ${supportedRange()})`;
  switch (code) {
    case "newerThanModelled":
      return `Kubernetes ${version} is newer than what is modelled: answered as for ${answeredAs} ${supported}`;
    case "olderThanModelled":
      return `Kubernetes ${version} is older than what is modelled: answered as for ${answeredAs} ${supported}`;
    case "notReleased":
      return `Kubernetes ${version} was not released when this was written: answered by what was announced for ${answeredAs}, which is not proved yet ${supported}`;
  }
}
