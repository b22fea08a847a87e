import { isMap } from "../reading/field";

/** The API server's version in what `kubectl version --output json` (or yaml) prints; undefined for everything else. */
export function serverVersionOf(written: unknown): string | undefined {
  if (!isMap(written) || !isMap(written.serverVersion)) return undefined;
  const { gitVersion } = written.serverVersion;
  return typeof gitVersion === "string" && gitVersion !== "" ? gitVersion : undefined;
}
