/** The clouds; a new one is a file beside this one, its test, and a line here. */
export * as alibaba from "./alibaba";
export * as digitalOcean from "./digitalocean";
export * as exoscale from "./exoscale";
export * as hetzner from "./hetzner";
export * as linode from "./linode";
export * as oci from "./oci";
export * as octavia from "./octavia";
export * as scaleway from "./scaleway";
export * as upcloud from "./upcloud";
export * as vultr from "./vultr";
