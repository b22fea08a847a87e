import type { Service } from "@pulumi/kubernetes/core/v1";
import type { output as k8s } from "@pulumi/kubernetes/types";
import { RunError, runtime, unknown, type Output } from "@pulumi/pulumi";

type ServiceSpec = k8s.core.v1.ServiceSpec;

/**
 * A port of the Service as the API server has it, fed from the Service's outputs even where it is pinned: the dependency is what orders the
 * resources and what policies join by. Without a reachable cluster the provider answers previews with the inputs, in which the port
 * is a known `undefined`; it is unknown, and must stay so, lest the target group lose the port and the dependency with it.
 */
export function allocated<T extends number | string>(
  service: Service,
  what: string,
  of: (spec: ServiceSpec) => T | undefined,
): Output<T> {
  // A number or a text holds nothing that `apply` could unwrap.
  return service.spec.apply((spec) => {
    const port = of(spec);
    if (port !== undefined) return port;
    // `apply` takes the marker for an unknown of whatever type is wanted.
    if (runtime.isDryRun()) return unknown as unknown as T;
    throw new RunError(
      `${what}: the Service has none after its creation; wanted the port that the API server allocates (a mock must return it, or run with preview)`,
    );
  }) as Output<T>;
}
