import { resolve } from "node:path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
// Registers how references to workload resources become resources again; the library imports only their types.
import "@pulumi/kubernetes/apps/v1";
import { InternalService } from "./internal-service";
import { NlbInstanceService } from "./nlb-instance-service";
import { NlbIpService } from "./nlb-ip-service";

// The host that starts by itself would take the provider's name from the package's, without its scope; type tokens say `evenkeel`.
void componentProviderHost({
  name: "evenkeel",
  components: [InternalService, NlbInstanceService, NlbIpService],
  dirname: resolve(__dirname, ".."),
});
