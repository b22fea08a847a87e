import type { Front } from "../model";
import { eksAutoMode } from "./aws/auto-mode-controller";
import { cloudProviderAws } from "./aws/ccm/controller";
import { awsLoadBalancerController } from "./aws/lbc/controller";
import { pulumiProgram } from "./aws/pulumi-controller";
import type { Controller } from "./controller";
import { haproxyConfiguration } from "./haproxy/controller";
import { metallbController } from "./metallb/controller";
import { NODE_PORT_CONTROLLERS } from "./node-port-clouds";

/** Every controller that is modelled; a new one is a folder beside this file, or a row, and a line here. */
export const CONTROLLERS: readonly Controller[] = Object.freeze([
  awsLoadBalancerController,
  cloudProviderAws,
  eksAutoMode,
  pulumiProgram,
  haproxyConfiguration,
  metallbController,
  ...NODE_PORT_CONTROLLERS,
]);

const BY_NAME: ReadonlyMap<string, Controller> = new Map(CONTROLLERS.map((one) => [one.name, one]));

export function controllerOf({ controller }: Pick<Front, "controller">): Controller | undefined {
  return BY_NAME.get(controller.name);
}
