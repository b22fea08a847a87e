import type { PreviewOptions } from "./options";
import type { StackIdentity } from "./policy/configure";
import { readPackDirectory } from "./policy/pack-process";
import type { PackToStart } from "./policy/packs";
import { environmentFor } from "./process/environment";
import { readConfig } from "./project/config";
import { readProject, type Project } from "./project/project";
import { redactor, type Redact } from "./redact";

/** What a preview is going to run: all files read, all defaults filled in. */
export interface Plan {
  readonly project: Project;
  readonly packs: readonly PackToStart[];
  readonly identity: StackIdentity;
  /** Takes the stack's secrets out of a text. */
  readonly redact: Redact;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly parallel: number;
  readonly timeoutSeconds: number;
}

const DEFAULT_STACK = "dev";
// What the Pulumi command calls the organization of a stack that no service keeps.
const DEFAULT_ORGANIZATION = "organization";
const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_PARALLEL = 16;

/** @throws ProjectError if the project or a pack cannot be used. */
export function readPlan(options: PreviewOptions): Plan {
  const project = readProject(options.program);
  const stack = options.stack ?? DEFAULT_STACK;
  const config = readConfig(project, stack, options);
  const identity: StackIdentity = {
    project: project.name,
    stack,
    organization: options.organization ?? DEFAULT_ORGANIZATION,
    config,
  };
  return {
    project,
    packs: (options.policyPacks ?? []).map((pack) => ({
      directory: readPackDirectory(pack.dir),
      config: pack.config,
    })),
    identity,
    redact: redactor(config.secretKeys.map((key) => config.values[key] ?? "")),
    environment: environmentFor({ ...identity, given: options.env }),
    parallel: options.parallel ?? DEFAULT_PARALLEL,
    timeoutSeconds: options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
  };
}
