import { byDefault, unknownAt, type Setting } from "../../../model";
import { isLocal } from "../../checks/required";
import { annotated, annotation, annotationPlace, GO_BOOL, MILLISECONDS, words } from "../annotations";
import { checkOf, healthCheckNodePortCheck, kubeProxyCheck } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";
import { refuse } from "../refusal";

// oci-cloud-controller-manager `pkg/cloudprovider/providers/oci/load_balancer_spec.go` @1100ac36.
const OCI = "oci.oraclecloud.com/";
const NLB = "oci-network-load-balancer.oraclecloud.com/";
const LB = "service.beta.kubernetes.io/oci-load-balancer-";
const KEYS = {
  type: `${OCI}load-balancer-type`,
  ipMode: `${OCI}ingress-ip-mode`,
  preserves: `${NLB}is-preserve-source`,
  proxyProtocol: `${LB}connection-proxy-protocol-version`,
};
/** Each type has its own keys for the times of the check; both count milliseconds. */
const timed = (prefix: string) => ({
  interval: `${prefix}health-check-interval`,
  timeout: `${prefix}health-check-timeout`,
  unhealthy: `${prefix}health-check-retries`,
});

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 10, timeoutSeconds: 3, healthyThreshold: 3, unhealthyThreshold: 3 };

export const cloud: NodePortCloud = {
  name: "oci",
  title: "Oracle Cloud load balancer",
  controller: {
    name: "oci-cloud-controller-manager",
    title: "Oracle Cloud controller manager",
    image: /oci-cloud-controller-manager|cloud-provider-oci/,
  },
  providerID: /^(oci:\/\/)?ocid1\.instance\./,
  annotations: {
    prefixes: [OCI, NLB, LB],
    known: [
      ...Object.values(KEYS),
      ...[NLB, LB].flatMap((prefix) => Object.values(timed(prefix))),
      ...[
        "initial-defined-tags-override",
        "initial-freeform-tags-override",
        "loadbalancer-policy",
        "node-label-selector",
        "oci-backend-network-security-group",
        "oci-load-balancer-backendset-ssl-config",
        "oci-load-balancer-listener-ssl-config",
        "oci-load-balancer-rule-sets",
        "oci-network-security-groups",
        "security-rule-management-mode",
        "workload-service-account",
      ].map((suffix) => OCI + suffix),
      ...[
        "backend-policy",
        "defined-tags",
        "external-ip-only",
        "freeform-tags",
        "initial-defined-tags-override",
        "initial-freeform-tags-override",
        "internal",
        "node-label-selector",
        "oci-network-security-groups",
        "security-list-management-mode",
        "subnet",
      ].map((suffix) => NLB + suffix),
      ...[
        "backend-protocol",
        "connection-idle-timeout",
        "internal",
        "security-list-management-mode",
        "shape",
        "shape-flex-max",
        "shape-flex-min",
        "ssl-ports",
        "subnet1",
        "subnet2",
        "tls-backendset-secret",
        "tls-secret",
      ].map((suffix) => LB + suffix),
    ],
  },
  healthCheckKeys: [],
  front(asked) {
    const { service } = asked;
    const isNetwork = isNetworkType(asked);
    const header = annotated<"off" | "v1" | "v2">(
      service,
      KEYS.proxyProtocol,
      "off",
      words<"off" | "v1" | "v2">({ "1": "v1", "2": "v2" }),
    );
    const check = checkOf(
      service,
      timed(isNetwork ? NLB : LB).interval,
      healthCheckNodePortCheck(service, TIMES) ?? kubeProxyCheck(TIMES),
      timed(isNetwork ? NLB : LB),
      { seconds: MILLISECONDS },
    );
    const own =
      header.value === "off" ? "off" : unknownAt("whether the health check carries the PROXY header");
    return {
      healthCheck: { ...check, proxyProtocol: byDefault<"off" | "v1" | "v2">(own, header.at) },
      proxyProtocol: isNetwork ? byDefault("off", header.at) : header,
      preservesClientAddress: preserves(asked, isNetwork),
      publishes: annotated(
        service,
        KEYS.ipMode,
        "address",
        words({ proxy: "proxyAddress", Proxy: "proxyAddress", vip: "address", VIP: "address" } as const),
      ),
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "2"),
    ...checkLaws(() => "The controller checks HTTP /healthz on the Service's healthCheckNodePort by itself."),
    clientAddress: {
      facts: ["H3"],
      fix: () =>
        `Set the annotation ${KEYS.type}: "nlb" and externalTrafficPolicy: Local, or ${KEYS.proxyProtocol}: "2" and enable the PROXY protocol in the pods.`,
    },
    nodePorts: { facts: [] },
  },
};

function isNetworkType({ service }: Asked): boolean {
  const type = annotation(service, KEYS.type);
  return typeof type === "string" && type.toLowerCase() === "nlb";
}

/** Lines 688 to 711: of a network load balancer, unless switched off, and only under Local; beside Cluster the key is an error. */
function preserves({ service }: Asked, isNetwork: boolean): Setting<boolean> {
  const at = annotationPlace(service, KEYS.preserves);
  if (!isNetwork) return byDefault(false, at);
  const wish = annotated(service, KEYS.preserves, true, GO_BOOL);
  if (!isLocal(service) && wish.by === "given")
    refuse(at, String(wish.value), "no such key beside externalTrafficPolicy: Cluster");
  return isLocal(service) ? wish : byDefault(false, at);
}
