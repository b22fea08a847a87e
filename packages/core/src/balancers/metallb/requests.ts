import { isUnknown, type Labels, type Service } from "../../model";
import type { ControllerInput } from "../controller";
import { knownAnnotation } from "./annotations";
import { evidenceFor, type Installation } from "./installation";
import { backendKeyOf, grantAddresses, type AddressRequest, type Grant } from "./sharing";

/** Addresses that a Service asks for, by annotation or by the older field. */
export function requestedAddresses(service: Service): readonly string[] {
  const asked = knownAnnotation(service, "loadBalancerIPs") ?? knownText(service.loadBalancerIP);
  return asked === undefined
    ? []
    : asked
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "");
}

/** What the allocator says to each Service that asks for addresses, taken in the order of the input. */
export function grantsOn(
  { services }: ControllerInput,
  installation: Installation,
): (service: Service) => Grant | undefined {
  const asking = services.flatMap((service) => {
    const addresses = requestedAddresses(service);
    const isAsking =
      service.type === "LoadBalancer" &&
      addresses.length > 0 &&
      evidenceFor(service, installation) !== undefined;
    return isAsking ? [{ service, request: requestOf(service, addresses) }] : [];
  });
  // Without a pool in the input nothing is known of what it would grant.
  if (installation.pools.length === 0 || asking.length === 0) return () => undefined;
  const grants = grantAddresses(
    installation.pools,
    NO_NAMESPACES,
    asking.map(({ request }) => request),
  );
  const byService = new Map(asking.map(({ service }, index) => [service, grants[index]]));
  return (service) => byService.get(service);
}

/** Labels of namespaces are not among what controllers are given; pools that select by them grant nothing here. */
const NO_NAMESPACES: ReadonlyMap<string, Labels> = new Map();

function requestOf(service: Service, addresses: readonly string[]): AddressRequest {
  const namespace = service.ref.namespace ?? "default";
  const { selector } = service;
  return {
    key: `${namespace}/${service.ref.name}`,
    namespace,
    labels: Object.fromEntries(
      Object.entries(service.labels).flatMap(([key, value]) =>
        typeof value === "string" ? [[key, value]] : [],
      ),
    ),
    addresses,
    ports: service.ports.map(({ protocol, port }) => `${String(protocol)}/${String(port)}`),
    sharingKey: knownAnnotation(service, "allow-shared-ip") ?? "",
    backendKey: backendKeyOf(
      service.externalTrafficPolicy === "Local",
      selector === undefined || isUnknown(selector) ? undefined : selector,
    ),
  };
}

function knownText(value: Service["loadBalancerIP"]): string | undefined {
  return value === undefined || isUnknown(value) ? undefined : value;
}
