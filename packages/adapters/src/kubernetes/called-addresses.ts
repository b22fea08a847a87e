import { dig, isMap, member, type Field } from "../reading/field";

/**
 * IP addresses that the containers of a pod template are told of in their environment, command or arguments: whom they call, if it is
 * not themselves. A range (`192.0.2.0/24`) is no address. Values are read without complaint: they are the program's own affair.
 */
export function calledAddresses(template: Field): readonly string[] {
  const spec = member(template, "spec");
  const containers = ["containers", "initContainers"].flatMap((key) => list(member(spec, key).value));
  return containers.filter(isMap).flatMap(({ env, command, args }) => {
    const values = list(env).map((variable) => (isMap(variable) ? variable.value : undefined));
    return [...values, ...list(command), ...list(args)].flatMap(addressesIn);
  });
}

/** Addresses that a Service asks to be reached at from outside, beside those that its status has. */
export function requestedAddresses(service: Field): readonly string[] {
  const annotations = dig(service, "metadata", "annotations").value;
  const asked = isMap(annotations) ? ADDRESS_ANNOTATIONS.map((key) => annotations[key]) : [];
  return [dig(service, "spec", "loadBalancerIP").value, ...asked].flatMap((value) =>
    typeof value === "string" ? value.split(",").map((one) => one.trim()) : [],
  );
}

const ADDRESS_ANNOTATIONS = [
  "metallb.io/loadBalancerIPs",
  "metallb.universe.tf/loadBalancerIPs",
  "kube-vip.io/loadbalancerIPs",
];

const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]|\/\d)/g;
/** In a URL or with a port, an IPv6 address stands in brackets. */
const IPV6 = /(?<=\[)[0-9a-f:]{2,39}(?=\])/gi;

function addressesIn(value: unknown): readonly string[] {
  return typeof value === "string" ? [...(value.match(IPV4) ?? []), ...(value.match(IPV6) ?? [])] : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
