import type { Service } from "@pulumi/kubernetes/core/v1";
import type { output as k8s } from "@pulumi/kubernetes/types";
import { RunError, runtime, unknown, type Output } from "@pulumi/pulumi";

type ServiceSpec = k8s.core.v1.ServiceSpec;

/**
 * A port that the API server allocates, fed from the Service's outputs even where it is pinned: the dependency is what orders the
 * resources and what policies join by. Without a reachable cluster the provider answers previews with the inputs, in which the port
 * is a known `undefined`; it is unknown, and must stay so, lest the target group lose the port and the dependency with it.
 */
export function allocated(
  service: Service,
  what: string,
  of: (spec: ServiceSpec) => number | undefined,
): Output<number> {
  return service.spec.apply((spec) => {
    const port = of(spec);
    if (port !== undefined) return port;
    // `apply` takes the marker for an unknown of whatever type is wanted.
    if (runtime.isDryRun()) return unknown as unknown as number;
    throw new RunError(
      `${what}: the Service has none after its creation; wanted the port that the API server allocates (a mock must return it, or run with preview)`,
    );
  });
}
