import { metallb } from "@evenkeel/core/balancers";
import type { ResourceRecord } from "@evenkeel/core/model";

/** A custom resource of MetalLB in a recording. */
interface MetalLbObject {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

export interface MetalLbResources {
  readonly ipaddresspools?: readonly MetalLbObject[];
  readonly l2advertisements?: readonly MetalLbObject[];
  readonly bgpadvertisements?: readonly MetalLbObject[];
}

export function poolsOf({ ipaddresspools = [] }: MetalLbResources): readonly metallb.Pool[] {
  return ipaddresspools.map((one) => metallb.readPool(record("IPAddressPool", one)));
}

export function advertisementsOf(resources: MetalLbResources): readonly metallb.Advertisement[] {
  const { l2advertisements = [], bgpadvertisements = [] } = resources;
  return [
    ...l2advertisements.map((one) => metallb.readAdvertisement(record("L2Advertisement", one), "layer2")),
    ...bgpadvertisements.map((one) => metallb.readAdvertisement(record("BGPAdvertisement", one), "bgp")),
  ];
}

function record(kind: string, object: MetalLbObject): ResourceRecord {
  const { name, namespace } = object.metadata;
  return {
    ref: { kind, name, ...(namespace === undefined ? {} : { namespace }) },
    properties: { metadata: object.metadata, spec: object.spec },
  };
}
