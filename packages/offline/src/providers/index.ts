import { aws } from "./aws";
import { dynamic } from "./default";
import { kubernetes } from "./kubernetes";
import type { ProviderTable } from "./provider";

/** Providers whose behaviour at preview is known. Any other package echoes its inputs. */
export const builtinProviders: ProviderTable = {
  aws,
  kubernetes: () => kubernetes(),
  "pulumi-nodejs": dynamic,
  "pulumi-python": dynamic,
};
