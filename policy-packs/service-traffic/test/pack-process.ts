import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  PolicyConfig,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { analyzeRequest, analyzerResource, STACK, type WireResource } from "./wire";

const LEVELS = ["advisory", "mandatory", "disabled", "remediate"];
const SEVERITIES = ["", "low", "medium", "high", "critical"];

/** What a policy reported. */
export interface Told {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  /** Without the policy's description, which the SDK puts first. */
  readonly text: string;
  readonly urn: string;
  readonly stage: "resource" | "stack";
}

/** Levels, or records with `enforcementLevel` and settings, by policy: what `--policy-pack-config` takes. */
export type Config = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

/** A policy pack's own process, spoken to as the engine does. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly client: AnalyzerClient,
    readonly info: AnalyzerInfo,
  ) {}

  static async start(
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<PackProcess> {
    // The SDK that the pack itself would load.
    const run = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [run, "127.0.0.1:1", "."], {
      cwd: folder,
      env: {
        ...process.env,
        ...environment,
        PULUMI_NODEJS_PROJECT: "shop",
        PULUMI_NODEJS_STACK: "dev",
        PULUMI_NODEJS_DRY_RUN: "true",
        PULUMI_CONFIG: "{}",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const limit = { "grpc.max_receive_message_length": 400 << 20, "grpc.max_send_message_length": 400 << 20 };
    const client = new AnalyzerClient(
      `127.0.0.1:${await portOf(child)}`,
      credentials.createInsecure(),
      limit,
    );
    const info = await call<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    return new PackProcess(child, client, info);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Configures as the engine does (pkg/resource/analyzer/config.go ReconcilePolicyPackConfig), which names `all` too. */
  async configure(config: Config): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    const put = (name: string, level: number, settings: Readonly<Record<string, unknown>>) =>
      request
        .getPolicyconfigMap()
        .set(
          name,
          new PolicyConfig()
            .setEnforcementlevel(level)
            .setProperties(Struct.fromJavaScript(JSON.parse(JSON.stringify(settings)))),
        );
    const all = read(config["all"]).level;
    for (const policy of this.info.getPoliciesList())
      put(policy.getName(), all ?? policy.getEnforcementlevel(), {});
    for (const [name, written] of Object.entries(config)) {
      const { level, settings } = read(written);
      put(name, level ?? request.getPolicyconfigMap().get(name)?.getEnforcementlevel() ?? 0, settings);
    }
    await call((done) => this.client.configure(request, done));
  }

  async analyze(resource: WireResource): Promise<readonly Told[]> {
    const request = analyzeRequest(resource);
    const response = await call<AnalyzeResponse>((done) => this.client.analyze(request, done));
    return this.#told(response, "resource", request.getUrn());
  }

  /** Policies that the SDK did not run, since they are about another type. */
  async notApplicable(resource: WireResource): Promise<readonly string[]> {
    const request = analyzeRequest(resource);
    const response = await call<AnalyzeResponse>((done) => this.client.analyze(request, done));
    return response.getNotApplicableList().map((one) => one.getPolicyName());
  }

  async analyzeStack(resources: readonly WireResource[]): Promise<readonly Told[]> {
    const request = new AnalyzeStackRequest().setResourcesList(resources.map(analyzerResource));
    const response = await call<AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    return this.#told(response, "stack", "");
  }

  /** New inputs by policy. */
  async remediate(resource: WireResource): Promise<Readonly<Record<string, unknown>>> {
    const request = analyzeRequest(resource);
    const response = await call<RemediateResponse>((done) => this.client.remediate(request, done));
    return Object.fromEntries(
      response.getRemediationsList().map((one) => [one.getPolicyname(), one.getProperties()?.toJavaScript()]),
    );
  }

  /** Each resource, the stack's own first, then all together: what a preview asks. */
  async preview(resources: readonly WireResource[], config: Config = {}): Promise<readonly Told[]> {
    await this.configure(config);
    const all = [STACK, ...resources];
    const told: Told[] = [];
    for (const resource of all) told.push(...(await this.analyze(resource)));
    return [...told, ...(await this.analyzeStack(all))];
  }

  async stop(): Promise<void> {
    this.client.close();
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await gone;
  }

  #told(response: AnalyzeResponse, stage: Told["stage"], subject: string): readonly Told[] {
    return response.getDiagnosticsList().map((one) => ({
      policy: one.getPolicyname(),
      level: LEVELS[one.getEnforcementlevel()] ?? "",
      severity: SEVERITIES[one.getSeverity()] ?? "",
      text: one.getMessage().slice(one.getDescription().length + 1),
      urn: stage === "resource" ? subject : one.getUrn(),
      stage,
    }));
  }
}

function read(written: Config[string] | undefined): {
  readonly level: number | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
} {
  const { enforcementLevel, ...settings } =
    typeof written === "object" ? written : { enforcementLevel: written };
  return {
    level: enforcementLevel === undefined ? undefined : LEVELS.indexOf(String(enforcementLevel)),
    settings,
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stderr?.on("data", (text) => (errors += String(text)));
    child.stdout?.on("data", (text) => {
      output += String(text);
      const [line, rest] = output.split("\n");
      if (rest === undefined) return;
      if (/^\d+$/.test(line ?? "")) resolve(Number(line));
      else reject(new Error(`the pack printed ${JSON.stringify(line)} before its port`));
    });
    child.once("exit", (code) => reject(new Error(`the pack ended with code ${code}: ${errors}`)));
  });
}

function call<Response>(
  start: (done: (error: ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) =>
    start((error, response) => (error === null ? resolve(response) : reject(error))),
  );
}
