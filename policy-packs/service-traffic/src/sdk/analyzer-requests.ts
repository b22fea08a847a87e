import { createRequire } from "node:module";
import type {
  AnalyzeRequest,
  AnalyzerResource,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { secretTexts, SECRET_SIGNATURE } from "./secret-texts";
import { originsIn, type ShownResource } from "./shown";
import { plainStruct } from "./wire";

/** What the engine tells the policy SDK and the SDK does not hand on. */
export interface RequestObserver {
  /** The configuration of all policies at once; may be amended before the SDK reads it. */
  configured(request: ConfigureAnalyzerRequest): void;
  /** A resource is about to be shown to the policies. */
  arriving(resource: ShownResource): void;
  /** The whole stack is about to be shown to the policies. */
  stackArriving(resources: readonly ShownResource[]): void;
  /** Values of a resource that must not be shown. Called before the resource is said to arrive, and only if there are any. */
  secrets(urn: string, texts: readonly string[]): void;
  /** Whether anything of such a resource may ever be shown. */
  readsType(type: string): boolean;
}

/** The part of the SDK's service that is observed. */
interface Service {
  readonly configure: Method<ConfigureAnalyzerRequest>;
  readonly analyze: Method<AnalyzeRequest>;
  readonly analyzeStack: Method<AnalyzeStackRequest>;
}

/**
 * Observes the requests that the SDK's server is about to answer. A policy is told only its own settings, and secrets arrive as
 * plain values (pulumi-policy `server.ts` makeGetConfigFun, `deserialize.ts`), so the misspelled name of a rule, or that a value is
 * a secret, can be seen nowhere else. Call it before the PolicyPack is constructed: the server keeps the deserialisers it is given.
 */
export function observeRequests(observer: RequestObserver, service: Service = analyzerService()): void {
  after(service.configure, (request) => observer.configured(request));
  after(service.analyze, (request, bytes) => {
    if (bytes.includes(SECRET_SIGNATURE) && observer.readsType(request.getType())) tell(observer, request);
    observer.arriving(shownAlone(request));
  });
  after(service.analyzeStack, (request, bytes) => {
    if (bytes.includes(SECRET_SIGNATURE))
      for (const resource of request.getResourcesList())
        if (observer.readsType(resource.getType())) tell(observer, resource);
    observer.stackArriving(shownTogether(request));
  });
}

/** Its inputs, as the provider's check left them. */
function shownAlone(request: AnalyzeRequest): ShownResource {
  return {
    ...common(request),
    parent: request.getOptions()?.getParent() || undefined,
    properties: () => plainStruct(request.getProperties()),
  };
}

/** Their outputs. Of the resources that one names, those that are not shown are left out, as the SDK does. */
function shownTogether(request: AnalyzeStackRequest): readonly ShownResource[] {
  const resources = request.getResourcesList();
  const urns = new Set(resources.map((resource) => resource.getUrn()));
  const isShown = (urn: string): boolean => urns.has(urn);
  return resources.map((resource) => {
    const propertyDependencies: Record<string, readonly string[]> = {};
    resource.getPropertydependenciesMap().forEach((from, property) => {
      propertyDependencies[property] = from.getUrnsList().filter(isShown);
    });
    const parent = resource.getParent();
    return {
      ...common(resource),
      parent: isShown(parent) ? parent : undefined,
      dependencies: resource.getDependenciesList().filter(isShown),
      propertyDependencies,
      properties: () => plainStruct(resource.getProperties(), originsIn(propertyDependencies)),
    };
  });
}

function common(
  resource: AnalyzeRequest | AnalyzerResource,
): Pick<ShownResource, "type" | "urn" | "name" | "provider"> {
  return {
    type: resource.getType(),
    urn: resource.getUrn(),
    name: resource.getName(),
    provider: resource.getProvider()?.getUrn(),
  };
}

function tell(observer: RequestObserver, resource: AnalyzeRequest | AnalyzerResource): void {
  const texts = secretTexts(resource.getProperties()?.toJavaScript());
  if (texts.length > 0) observer.secrets(resource.getUrn(), texts);
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
