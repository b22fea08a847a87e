/** What kube-proxy does differently between releases; its routing of packets is the same in all that are modelled. */
export interface KubeProxyTraits {
  /** Mode ipvs is deprecated (KEP-5495): kube-proxy emits the event `IPVSDeprecation`. */
  readonly ipvsDeprecated: boolean;
}

/**
 * Changes of kube-proxy that are announced, by release. Source: k/k cmd/kube-proxy/app/server_linux.go (1.37.2), the events
 * `KubeProxyDefaultMode` and `IPVSDeprecation`.
 */
export const ANNOUNCED_PROXY_CHANGES = Object.freeze({
  nftablesIsDefault: "1.40",
  ipvsOffByDefault: "1.40",
  ipvsRemoved: "1.43",
});
