import type { PreviewOptions } from "../options";
import type { StackConfig } from "../project/config";
import { builtinProviders } from "../providers";
import { builtin } from "../providers/pulumi";
import type { Diagnostic } from "../result";
import type { Sdk } from "../sdk";
import { Callbacks } from "./callbacks";
import { DefaultProviders } from "./default-providers";
import { Deployment, type Reviewer } from "./deployment";
import { engineService } from "./engine-service";
import { Gaps } from "./gaps";
import { Hooks } from "./hooks";
import { Invokes } from "./invokes";
import { monitorService } from "./monitor";
import { Packages } from "./packages";
import { Reads } from "./reads";
import { Registration } from "./registration";
import { serve } from "./server";
import type { Place } from "./urn";

/** An engine that one program talks to. */
export interface Engine {
  readonly address: string;
  readonly deployment: Deployment;
  readonly gaps: Gaps;
  /** Resolves when the program says that it registers nothing more. */
  readonly finished: Promise<void>;
  close(): void;
}

export interface EngineOptions {
  readonly sdk: Sdk;
  readonly place: Place;
  readonly config: StackConfig;
  readonly reviewer: Reviewer;
  readonly answers: Pick<PreviewOptions, "invokes" | "reads" | "stackReferences" | "providers">;
  readonly onResource: ConstructorParameters<typeof Deployment>[0]["onResource"];
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
  readonly onFailure: (error: unknown) => void;
}

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { sdk, answers } = options;
  const callbacks = new Callbacks(sdk);
  const gaps = new Gaps();
  const hooks = new Hooks(callbacks);
  const deployment = new Deployment({
    place: options.place,
    providers: {
      ...builtinProviders,
      pulumi: builtin(answers.stackReferences ?? {}, (stack) =>
        gaps.addMissing({ what: "stackReference", subject: stack }),
      ),
      ...answers.providers,
    },
    reviewer: options.reviewer,
    hooks,
    diagnose: options.onDiagnostic,
    onResource: options.onResource,
  });
  const defaults = new DefaultProviders(deployment, options.config);
  const packages = new Packages();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const monitor = monitorService({
    sdk,
    deployment,
    packages,
    hooks,
    registration: new Registration(sdk, deployment, defaults, packages, callbacks, gaps),
    reads: new Reads(deployment, defaults, packages, answers.reads ?? {}, gaps),
    invokes: new Invokes(sdk, deployment, defaults, packages, callbacks, answers.invokes ?? {}, gaps),
    onFinished: finish,
    onFailure: options.onFailure,
  });
  const server = await serve(sdk, (grpcServer) => {
    grpcServer.addService(sdk.resourceService.ResourceMonitorService, monitor);
    grpcServer.addService(sdk.engineService.EngineService, engineService(sdk, options.onDiagnostic));
  });
  return {
    address: server.address,
    deployment,
    gaps,
    finished,
    close: () => {
      callbacks.close();
      server.close();
    },
  };
}
