import { webService, type Fields } from "../examples";
import type { ExampleObject } from "../frame/example";

/** A pool of MetalLB. */
export function metallbPool(name = "lan"): ExampleObject {
  return metallb("IPAddressPool", name, { addresses: ["192.0.2.0/24"] });
}

export function layer2Advertisement(spec: Fields = {}, name = "lan"): ExampleObject {
  return metallb("L2Advertisement", name, spec);
}

export function bgpAdvertisement(spec: Fields = {}, name = "lan"): ExampleObject {
  return metallb("BGPAdvertisement", name, spec);
}

function metallb(kind: string, name: string, spec: Fields): ExampleObject {
  return { apiVersion: "metallb.io/v1beta1", kind, metadata: { name, namespace: "metallb-system" }, spec };
}

/** A Local Service in `shop` for MetalLB; annotation keys without their prefix. */
export function metallbService(annotations: Fields = {}, spec: Fields = {}, name = "web"): ExampleObject {
  const keys = Object.entries(annotations).map(([key, value]) => [`metallb.io/${key}`, value] as const);
  return webService({ externalTrafficPolicy: "Local", ...spec }, Object.fromEntries(keys), name);
}
