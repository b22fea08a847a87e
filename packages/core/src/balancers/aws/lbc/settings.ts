import type { Scheme } from "../../../model";
import type { ClaimSettings } from "../claim";

/** Flags and feature gates of AWS Load Balancer Controller that change what it builds; absent means its default. */
export interface LbcSettings extends ClaimSettings {
  /** `3.5.0`; told on, no behaviour here depends on it yet. */
  readonly version?: string;
  /** `--default-target-type`, `instance`. */
  readonly defaultTargetType?: "instance" | "ip";
  /** `--default-load-balancer-scheme`, `internal`. */
  readonly defaultScheme?: Scheme;
  /** `--enable-ip-target-type`, true. */
  readonly ipTargets?: boolean;
  /** Feature gate `EnableTCPUDPListenerType`, false. */
  readonly tcpUdpListeners?: boolean;
  /** Feature gate `NLBHealthCheckAdvancedConfig`, true: timeout and success codes can be set. */
  readonly advancedHealthCheck?: boolean;
  /** Feature gate `NLBSecurityGroup`, true. */
  readonly securityGroups?: boolean;
  /** `--enable-backend-security-group`, true. */
  readonly backendSecurityGroup?: boolean;
  /** `--enable-manage-backend-security-group-rules`, false. */
  readonly manageBackendRules?: boolean;
}
