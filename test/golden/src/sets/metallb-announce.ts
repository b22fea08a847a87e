import { metallb } from "@evenkeel/core/balancers";
import type { Endpoint } from "@evenkeel/core/model";
import { advertisementsOf, poolsOf, type MetalLbResources } from "../metallb";
import { nodeOf, type NodeObject } from "../node";
import { recordedSet, type RecordedCase } from "../recorded";
import { serviceOf, type ServiceObject } from "../service";

/** A Service with its endpoints, and which node announces it, or why it does not. */
interface Case extends RecordedCase {
  readonly service: ServiceObject;
  readonly endpointSlices?: readonly { readonly endpoints?: readonly EndpointObject[] | null }[] | null;
  readonly ips: readonly string[];
  readonly pool: string;
  readonly resources: MetalLbResources & { readonly nodes?: readonly NodeObject[] };
  readonly speakers?: readonly string[] | null;
  readonly memberlistDisabled: boolean;
  readonly ignoreExcludeLB: boolean;
  /** By node: empty where it announces. */
  readonly l2: Readonly<Record<string, string>>;
  readonly bgp: Readonly<Record<string, string>>;
}

interface EndpointObject {
  readonly addresses?: readonly string[] | null;
  readonly conditions?: {
    readonly ready?: boolean;
    readonly serving?: boolean;
    readonly terminating?: boolean;
  };
  readonly nodeName?: string;
}

export const metallbAnnounce = recordedSet<Case>({
  name: "metallb-announce",
  recorded: ({ l2, bgp }) => ({ l2, bgp }),
  ours: (one) => {
    const pool = poolsOf(one.resources).find(({ ref }) => ref.name === one.pool);
    const input: metallb.AnnouncementInput = {
      service: serviceOf(one.service),
      addresses: one.ips,
      pool: pool ?? { ref: { kind: "IPAddressPool", name: one.pool }, labels: {} },
      advertisements: advertisementsOf(one.resources),
      endpoints: (one.endpointSlices ?? []).flatMap(({ endpoints }) => (endpoints ?? []).map(endpointOf)),
      nodes: (one.resources.nodes ?? []).map(nodeOf),
      ...(one.memberlistDisabled ? {} : { speakers: one.speakers ?? [] }),
      ignoreExcludeLabel: one.ignoreExcludeLB,
    };
    return { l2: reasons(metallb.layer2Announcers(input)), bgp: reasons(metallb.bgpAnnouncers(input)) };
  },
});

function endpointOf({ addresses, conditions = {}, nodeName }: EndpointObject): Endpoint {
  return { addresses: addresses ?? [], ...conditions, ...(nodeName === undefined ? {} : { nodeName }) };
}

function reasons(announcers: metallb.Announcers): Readonly<Record<string, string>> {
  return Object.fromEntries([...announcers].map(([node, reason]) => [node, reason ?? ""]));
}
