import { createRequire } from "node:module";
import type { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { secretTexts, SECRET_SIGNATURE } from "./secret-texts";

/** What the engine tells the policy SDK and the SDK does not hand on. */
export interface RequestObserver {
  /** The configuration of all policies at once; may be amended before the SDK reads it. */
  configured(request: ConfigureAnalyzerRequest): void;
  /** A resource is about to be shown to the policies. */
  arriving(urn: string, type: string, parent: string | undefined): void;
  /** Values of a resource that must not be shown. Called before the policies see the resource, and only if there are any. */
  secrets(urn: string, texts: readonly string[]): void;
  /** Whether anything of such a resource may ever be shown. */
  readsType(type: string): boolean;
}

type Service = typeof AnalyzerService;

/**
 * Observes the requests that the SDK's server is about to answer. A policy is told only its own settings, and secrets arrive as
 * plain values (pulumi-policy `server.ts` makeGetConfigFun, `deserialize.ts`), so the misspelled name of a rule, or that a value is
 * a secret, can be seen nowhere else. Call it before the PolicyPack is constructed: the server keeps the deserialisers it is given.
 */
export function observeRequests(observer: RequestObserver, service: Service = analyzerService()): void {
  after(service.configure, (request) => observer.configured(request));
  after(service.analyze, (request, bytes) => {
    observer.arriving(request.getUrn(), request.getType(), request.getOptions()?.getParent());
    if (!bytes.includes(SECRET_SIGNATURE) || !observer.readsType(request.getType())) return;
    tell(observer, request.getUrn(), request.getProperties());
  });
  after(service.analyzeStack, (request, bytes) => {
    if (!bytes.includes(SECRET_SIGNATURE)) return;
    for (const resource of request.getResourcesList())
      if (observer.readsType(resource.getType())) tell(observer, resource.getUrn(), resource.getProperties());
  });
}

function tell(
  observer: RequestObserver,
  urn: string,
  properties: { toJavaScript(): unknown } | undefined,
): void {
  const texts = secretTexts(properties?.toJavaScript());
  if (texts.length > 0) observer.secrets(urn, texts);
}

interface Method<Request> {
  requestDeserialize: (bytes: Buffer) => Request;
}

function after<Request>(method: Method<Request>, observe: (request: Request, bytes: Buffer) => void): void {
  if (typeof method?.requestDeserialize !== "function")
    throw new Error(
      "this version of @pulumi/pulumi has another Analyzer service than the policy pack knows; wanted 3.x as in its package.json",
    );
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    observe(request, bytes);
    return request;
  };
}

/** The very module that the policy SDK serves with, wherever npm put it. */
function analyzerService(): Service {
  const load = createRequire(require.resolve("@pulumi/policy"));
  return load("@pulumi/pulumi/proto/analyzer_grpc_pb").AnalyzerService;
}
