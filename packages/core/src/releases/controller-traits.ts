/** What kube-controller-manager does differently between releases. */
export interface ControllerTraits {
  /** `--node-monitor-grace-period`: seconds until a node that stopped reporting becomes not ready. */
  readonly nodeMonitorGraceSeconds: number;
}
