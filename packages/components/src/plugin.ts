import { resolve } from "node:path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { NlbInstanceService } from "./nlb-instance-service";
import { NlbIpService } from "./nlb-ip-service";

// The host that starts by itself would take the provider's name from the package's, without its scope; type tokens say `evenkeel`.
void componentProviderHost({
  name: "evenkeel",
  components: [NlbInstanceService, NlbIpService],
  dirname: resolve(__dirname, ".."),
});
