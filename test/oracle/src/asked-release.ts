import { minorVersion, SUPPORTED_VERSIONS } from "@evenkeel/core/model";
import type { Oracle } from "./oracle";

/** The release that ours is asked for where the oracle is built from an older one; it is a part of every input that depends on it. */
export interface AskedRelease {
  /** Absent: the newest supported release. */
  readonly kubernetesVersion?: string;
}

let asked: AskedRelease = {};

/** Read when cases are made, not when operations are defined: which oracle answers is known later. */
export function askedRelease(): AskedRelease {
  return asked;
}

/** From here on, cases are for the release that the oracle is built from; returns the modules that it reports. */
export async function askAs(oracle: Oracle): Promise<unknown> {
  const answer = await oracle.ask("version", {});
  if ("error" in answer) throw new Error(`the oracle does not say its version: ${answer.error}`);
  const modules = answer.output as Readonly<Record<string, string>>;
  const release = minorVersion(modules["k8s.io/kubernetes"] ?? "")?.join(".");
  asked =
    release === undefined || release === SUPPORTED_VERSIONS.newest ? {} : { kubernetesVersion: release };
  return modules;
}
