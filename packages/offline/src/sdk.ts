import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as grpc from "@grpc/grpc-js";
import type * as empty from "google-protobuf/google/protobuf/empty_pb";
import type * as struct from "google-protobuf/google/protobuf/struct_pb";
import type * as analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type * as callbackService from "@pulumi/pulumi/proto/callback_grpc_pb";
import type * as callback from "@pulumi/pulumi/proto/callback_pb";
import type * as alias from "@pulumi/pulumi/proto/alias_pb";
import type * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as engine from "@pulumi/pulumi/proto/engine_pb";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import type * as resourceService from "@pulumi/pulumi/proto/resource_grpc_pb";
import type * as resource from "@pulumi/pulumi/proto/resource_pb";
import { ProjectError } from "./errors";

/** The modules of one installed `@pulumi/pulumi`, with the gRPC and protobuf copies that it uses itself. */
export interface Sdk {
  /** Directory of the package. */
  readonly root: string;
  readonly version: string;
  readonly grpc: typeof grpc;
  readonly empty: typeof empty;
  readonly struct: typeof struct;
  readonly alias: typeof alias;
  readonly analyzer: typeof analyzer;
  readonly analyzerService: typeof analyzerService;
  readonly callback: typeof callback;
  readonly callbackService: typeof callbackService;
  readonly engine: typeof engine;
  readonly engineService: typeof engineService;
  readonly provider: typeof provider;
  readonly resource: typeof resource;
  readonly resourceService: typeof resourceService;
}

/** Older ones lack messages that the engine needs; the lowest is tested. */
const LOWEST = "3.204.0";

const loaded = new Map<string, Sdk>();

/**
 * Finds the `@pulumi/pulumi` that code in `directory` would load, and loads its protocol modules.
 *
 * @throws ProjectError if there is none, or one that is too old
 */
export function loadSdk(directory: string): Sdk {
  const root = findSdk(directory);
  const cached = loaded.get(root);
  if (cached) return cached;
  const load = createRequire(join(root, "package.json"));
  const version = String(load("./package.json").version);
  if (isOlder(version, LOWEST))
    throw new ProjectError(
      `@pulumi/pulumi ${version} is installed for ${directory}; wanted ${LOWEST} or newer: npm install @pulumi/pulumi@latest`,
    );
  const sdk: Sdk = {
    root,
    version,
    grpc: load("@grpc/grpc-js"),
    empty: load("google-protobuf/google/protobuf/empty_pb"),
    struct: load("google-protobuf/google/protobuf/struct_pb"),
    alias: load("./proto/alias_pb"),
    analyzer: load("./proto/analyzer_pb"),
    analyzerService: load("./proto/analyzer_grpc_pb"),
    callback: load("./proto/callback_pb"),
    callbackService: load("./proto/callback_grpc_pb"),
    engine: load("./proto/engine_pb"),
    engineService: load("./proto/engine_grpc_pb"),
    provider: load("./proto/provider_pb"),
    resource: load("./proto/resource_pb"),
    resourceService: load("./proto/resource_grpc_pb"),
  };
  loaded.set(root, sdk);
  return sdk;
}

/** Compares `3.99.1` with `3.204.0`; what follows a hyphen does not count. */
function isOlder(version: string, than: string): boolean {
  const [own, other] = [version, than].map((text) => (text.split("-")[0] ?? "").split(".").map(Number));
  for (const [index, number] of (other ?? []).entries()) {
    const difference = (own?.[index] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Directory of the `@pulumi/pulumi` that code in `directory` would load. */
function findSdk(directory: string): string {
  // Walked by hand, not with `require.resolve`: a package that only ESM may import, or a resolver cache, must not decide.
  for (let folder = realpathSync(directory); ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", "@pulumi", "pulumi");
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (dirname(folder) === folder) break;
  }
  throw new ProjectError(`@pulumi/pulumi is not installed for ${directory}; run npm install there`);
}
