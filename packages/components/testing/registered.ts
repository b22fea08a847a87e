import { log, runtime } from "@pulumi/pulumi";
import { MockMonitor, type MockResourceArgs, type MockResourceResult } from "@pulumi/pulumi/runtime/mocks";

/** How Pulumi writes a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** One resource as the SDK registers it, before any engine sees it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Last two parts of the parent's URN: `evenkeel:index:NlbIpService::api`. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Types and names of the resources that each input was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Circumstances {
  /** Default true. */
  readonly preview?: boolean;
  /** Whether the provider reaches a cluster, which then allocates ports, at preview in a dry run. Default: at update only. */
  readonly clusterReachable?: boolean;
  /** Is told what the program warns of. */
  readonly onWarning?: (text: string) => void;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Readonly<Record<string, unknown>> };
  getPropertydependenciesMap(): {
    forEach(f: (value: { getUrnsList(): string[] }, key: string) => void): void;
  };
  getReplaceonchangesList(): string[];
  getDeletebeforereplace(): boolean;
}

/**
 * Runs a program on the SDK with a stand-in for engine and providers, and returns what it registers, in the order of registration.
 */
export async function registered(
  program: () => unknown,
  circumstances: Circumstances = {},
): Promise<readonly Registered[]> {
  const { preview = true, clusterReachable = !preview, onWarning = () => undefined } = circumstances;
  const seen: Registered[] = [];
  await runtime.setMocks(
    { call: () => ({}), newResource: (resource) => answer(resource, preview, clusterReachable) },
    "project",
    "stack",
    preview,
  );
  const register = MockMonitor.prototype.registerResource;
  const spy = jest.spyOn(MockMonitor.prototype, "registerResource").mockImplementation(function (
    this: MockMonitor,
    request: RegisterRequest,
    callback,
  ) {
    seen.push(recordOf(request));
    return register.call(this, request, callback);
  });
  const warn = jest.spyOn(log, "warn").mockImplementation((text) => {
    onWarning(text);
    return Promise.resolve();
  });
  try {
    program();
    await runtime.disconnect();
  } finally {
    spy.mockRestore();
    warn.mockRestore();
  }
  return seen;
}

function recordOf(request: RegisterRequest): Registered {
  const dependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    dependencies[key] = value.getUrnsList().map(shortUrn);
  });
  return {
    type: request.getType(),
    name: request.getName(),
    parent: shortUrn(request.getParent()),
    inputs: request.getObject().toJavaScript(),
    propertyDependencies: dependencies,
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
  };
}

/** `Service::web` of `urn:pulumi:stack::project::evenkeel:index:NlbIpService$kubernetes:core/v1:Service::web`. */
function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? "" : `${types.slice(types.lastIndexOf(":") + 1)}::${name}`;
}

/** Ports as an API server would give them. */
export const ALLOCATED = { nodePorts: [31_001, 31_002, 31_003], healthCheckNodePort: 32_001 } as const;

function answer(
  { type, name, inputs }: MockResourceArgs,
  preview: boolean,
  clusterReachable: boolean,
): MockResourceResult {
  const id = preview ? undefined : `${name}-id`;
  if (type.startsWith("aws:")) {
    const made = preview ? UNKNOWN : `${name}-made`;
    return { id, state: { ...inputs, arn: made, dnsName: made } };
  }
  if (!type.startsWith("kubernetes:")) return { id, state: inputs };
  // Names are given in the provider's check; without a cluster it answers previews with the inputs.
  const metadata = { ...inputs.metadata, name: inputs.metadata?.name ?? `${name}-a1b2c3` };
  const named = { ...inputs, metadata };
  if (type !== "kubernetes:core/v1:Service" || !clusterReachable) return { id, state: named };
  return { id, state: { ...named, spec: allocatedSpec(inputs.spec), ...status(preview) } };
}

interface Spec {
  readonly externalTrafficPolicy?: string;
  readonly healthCheckNodePort?: number;
  readonly ports: readonly { readonly nodePort?: number }[];
}

function allocatedSpec(spec: Spec): Spec {
  const isLocal = spec.externalTrafficPolicy === "Local";
  return {
    ...spec,
    ports: spec.ports.map((port, index) => ({
      ...port,
      nodePort: port.nodePort ?? ALLOCATED.nodePorts[index],
    })),
    ...(isLocal ? { healthCheckNodePort: spec.healthCheckNodePort ?? ALLOCATED.healthCheckNodePort } : {}),
  };
}

function status(preview: boolean): object {
  return preview
    ? {}
    : { status: { loadBalancer: { ingress: [{ hostname: "made-by-the-controller.elb" }] } } };
}

/** Every place at which a value reads `undefined`, which is never meant. */
export function undefinedPlaces(value: unknown, path = ""): readonly string[] {
  if (value === undefined || (typeof value === "string" && /\bundefined\b|\bNaN\b/.test(value)))
    return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => undefinedPlaces(item, `${path}.${key}`));
}
