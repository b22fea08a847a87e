import type { Reference } from "./frame/rule";

export const LBC_ANNOTATIONS: Reference = {
  title: "AWS Load Balancer Controller: Service annotations",
  url: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
};
export const LBC_NLB: Reference = {
  title: "AWS Load Balancer Controller: Network Load Balancer",
  url: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/nlb.md",
};
export const KUBE_PROXY_HEALTH: Reference = {
  title: "Kubernetes: kube-proxy's health-check server",
  url: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/healthcheck/service_health.go",
};
export const KUBE_TRAFFIC_POLICIES: Reference = {
  title: "Kubernetes: virtual IPs, traffic policies",
  url: "https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies",
};
export const KEP_1669: Reference = {
  title: "KEP-1669: proxy terminating endpoints",
  url: "https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/1669-proxy-terminating-endpoints",
};
export const KUBE_PROXY_TOPOLOGY: Reference = {
  title: "Kubernetes: kube-proxy's choice of endpoints",
  url: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/topology.go",
};
export const KUBE_SOURCE_RANGES: Reference = {
  title: "Kubernetes issue 109575: source ranges and clients inside the cluster",
  url: "https://github.com/kubernetes/kubernetes/issues/109575",
};
export const TRAFFIC_DISTRIBUTION: Reference = {
  title: "Kubernetes: traffic distribution and topology hints",
  url: "https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/4444-service-traffic-distribution",
};
export const KEP_5707: Reference = {
  title: "KEP-5707: deprecate Service externalIPs",
  url: "https://github.com/kubernetes/enhancements/issues/5707",
};
export const KUBE_SERVICE_VALIDATION: Reference = {
  title: "Kubernetes: validation of Services",
  url: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go",
};
export const KUBE_PORT_ALLOCATOR: Reference = {
  title: "Kubernetes: allocation of node ports",
  url: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/core/service/portallocator/allocator.go",
};
export const KUBE_WORKLOAD_VALIDATION: Reference = {
  title: "Kubernetes: validation of workloads",
  url: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/apps/validation/validation.go",
};
export const LBC_TARGET_GROUP_BINDING: Reference = {
  title: "AWS Load Balancer Controller: TargetGroupBinding",
  url: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/targetgroupbinding/targetgroupbinding.md",
};
export const HAPROXY_SERVER_CHECK: Reference = {
  title: "HAProxy: check",
  url: "https://docs.haproxy.org/2.6/configuration.html#5.2-check",
};
export const PROXY_PROTOCOL: Reference = {
  title: "The PROXY protocol",
  url: "https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt",
};
export const INGRESS_NGINX_PROXY_PROTOCOL: Reference = {
  title: "ingress-nginx: use-proxy-protocol",
  url: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#use-proxy-protocol",
};
export const KUBE_NODE_PORT_ALLOCATION: Reference = {
  title: "Kubernetes: load balancer node port allocation",
  url: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation",
};
export const KUBE_LOAD_BALANCER_CLASS: Reference = {
  title: "Kubernetes: load balancer class",
  url: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class",
};

export const METALLB_CONFIGURATION: Reference = {
  title: "MetalLB: configuration",
  url: "https://metallb.io/configuration/",
};

export const METALLB_USAGE: Reference = {
  title: "MetalLB: usage",
  url: "https://metallb.io/usage/",
};

export const KUBE_IP_MODE: Reference = {
  title: "Kubernetes: IP mode of a load balancer's status",
  url: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-ip-mode",
};
