import type { CcmSettings } from "./aws/ccm/settings";
import type { LbcSettings } from "./aws/lbc/settings";

/** How controllers are set up in a cluster, by their name; what is left out has their defaults. */
export interface ControllerSettings {
  readonly "aws-load-balancer-controller"?: LbcSettings;
  readonly "cloud-provider-aws"?: CcmSettings;
  /** Of the controllers of node-port clouds, by their name: settings by their names there. */
  readonly clouds?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
