/** What kube-controller-manager does differently between releases. */
export interface ControllerTraits {
  /** `--node-monitor-grace-period`: seconds until a node that stopped reporting becomes not ready. */
  readonly nodeMonitorGraceSeconds: number;
  /** Gate HPAScaleToZero: a HorizontalPodAutoscaler may have `minReplicas: 0`. */
  readonly hpaScaleToZero: boolean;
}
