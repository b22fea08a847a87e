/** What an answer may depend on beside the Service: how the API server was started and what it has given out. */
export interface ApiServer {
  /** `--service-cluster-ip-range`: the families of its ranges, the default one first. Absent: not known. */
  readonly serviceIPFamilies?: readonly ("IPv4" | "IPv6")[];
  /** `--service-node-port-range`, both ends inclusive. */
  readonly nodePortRange?: { readonly first: number; readonly last: number };
  /** Node ports and health-check node ports of other Services. */
  readonly nodePortsInUse?: readonly number[];
}

/** `pkg/kubeapiserver/options/options.go` */
export const DEFAULT_NODE_PORT_RANGE = { first: 30_000, last: 32_767 } as const;
