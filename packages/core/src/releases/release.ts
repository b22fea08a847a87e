import type { ApiTraits } from "./api-traits";
import type { ControllerTraits } from "./controller-traits";
import type { KubeProxyTraits } from "./kube-proxy-traits";
import type { Proof } from "./proof";
import type { SchedulerTraits } from "./scheduler-traits";

/**
 * A minor version of Kubernetes with everything in which the models differ between releases, by the sources of its newest patch and
 * the defaults of its feature gates.
 */
export interface Release {
  /** Major and minor: `1.36`. */
  readonly version: string;
  readonly proof: Proof;
  /** kube-apiserver: what it stores, refuses and warns of. */
  readonly api: ApiTraits;
  /** kube-scheduler with its default profile. */
  readonly scheduler: SchedulerTraits;
  /** kube-controller-manager. */
  readonly controllers: ControllerTraits;
  readonly kubeProxy: KubeProxyTraits;
}

/** What a release changes; a trait that is not named stays as it was. */
export interface ReleaseChanges {
  readonly version: string;
  readonly proof: Proof;
  readonly api?: Partial<ApiTraits>;
  readonly scheduler?: Partial<SchedulerTraits>;
  readonly controllers?: Partial<ControllerTraits>;
  readonly kubeProxy?: Partial<KubeProxyTraits>;
}

/** The release that follows `previous`. */
export function releaseAfter(previous: Release, changes: ReleaseChanges): Release {
  return Object.freeze({
    version: changes.version,
    proof: changes.proof,
    api: Object.freeze({ ...previous.api, ...changes.api }),
    scheduler: Object.freeze({ ...previous.scheduler, ...changes.scheduler }),
    controllers: Object.freeze({ ...previous.controllers, ...changes.controllers }),
    kubeProxy: Object.freeze({ ...previous.kubeProxy, ...changes.kubeProxy }),
  });
}
