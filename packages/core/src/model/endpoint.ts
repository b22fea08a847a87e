/** One endpoint of an EndpointSlice, for one Service port. Unset conditions mean what kube-proxy takes them for. */
export interface Endpoint {
  readonly addresses: readonly string[];
  readonly nodeName?: string;
  readonly zone?: string;
  /** Unset counts as true. */
  readonly ready?: boolean;
  /** Unset counts as true. */
  readonly serving?: boolean;
  /** Unset counts as false. */
  readonly terminating?: boolean;
  readonly hints?: { readonly forZones?: readonly string[]; readonly forNodes?: readonly string[] };
  /** Name of the pod behind the endpoint. */
  readonly pod?: string;
}
