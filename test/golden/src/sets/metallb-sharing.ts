import { metallb } from "@evenkeel/core/balancers";
import { poolsOf, type MetalLbResources } from "../metallb";
import { recordedSet, type RecordedCase } from "../recorded";
import type { ServiceObject } from "../service";

/** Services in their order with the addresses that they ask for, and what each was granted. */
interface Case extends RecordedCase {
  readonly services: readonly ServiceObject[];
  readonly ips: readonly (readonly string[])[];
  readonly resources: MetalLbResources & {
    readonly namespaces?: readonly {
      readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
    }[];
  };
  readonly results: readonly {
    readonly ok: boolean;
    readonly pool?: string;
    readonly error?: string;
    readonly backendKey: string;
    readonly sharingKey: string;
  }[];
}

export const metallbSharing = recordedSet<Case>({
  name: "metallb-sharing",
  recorded: ({ results }) => ({
    results: results.map(({ ok, pool, error, backendKey, sharingKey }) =>
      ok ? { pool, backendKey, sharingKey } : { refused: error, backendKey, sharingKey },
    ),
  }),
  ours: ({ services, ips, resources }) => {
    const namespaces = new Map(
      (resources.namespaces ?? []).map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
    );
    const requests = services.map((service, index) => requestOf(service, ips[index] ?? []));
    const grants = metallb.grantAddresses(poolsOf(resources), namespaces, requests);
    return {
      results: grants.map((grant, index) => ({
        ...grant,
        backendKey: requests[index]?.backendKey,
        sharingKey: requests[index]?.sharingKey,
      })),
    };
  },
});

function requestOf({ metadata, spec }: ServiceObject, addresses: readonly string[]): metallb.AddressRequest {
  const { annotations = {}, labels = {}, name, namespace = "default" } = metadata;
  return {
    key: `${namespace}/${name}`,
    namespace,
    labels,
    addresses,
    ports: (spec.ports ?? []).map(({ protocol = "TCP", port }) => `${protocol}/${port}`),
    sharingKey:
      annotations["metallb.io/allow-shared-ip"] ?? annotations["metallb.universe.tf/allow-shared-ip"] ?? "",
    backendKey: metallb.backendKeyOf(spec.externalTrafficPolicy === "Local", spec.selector),
  };
}
