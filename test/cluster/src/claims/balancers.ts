import { type Claim, decide, PACKETS, REFERENCE } from "./claim";
import type { Reader } from "./evidence";

const LOCAL = "spread-local-cluster";
const CLUSTER = "spread-cluster-cluster";
const NODES = ["a", "b", "c"];

/** What the balancers' own makers publish; the lab has none of these balancers. */
function published(outcome: string) {
  return (_reader: Reader) => outcome;
}

const WHERE = `${REFERENCE}, Load Balancer Responsibilities`;

export const BALANCERS: readonly Claim[] = [
  {
    id: "C14",
    where: `${WHERE}, Cluster`,
    says: "Under Cluster the balancer need not know where the pods are",
    basis: PACKETS,
    judge: (reader) =>
      decide(
        [
          NODES.every(
            (node) => reader.answered(CLUSTER, `client at ${node}`, "VIP") === "web-a1 web-c1 web-c2",
          ),
          "holds",
        ],
        [true, "does not hold"],
      ),
  },
  {
    id: "C15",
    where: `${WHERE}, Local`,
    says: "Under Local the balancer must find the nodes with pods and leave out the others",
    basis: PACKETS,
    judge(reader) {
      const agree = NODES.every(
        (node) =>
          (reader.status(LOCAL, node) === 200) ===
          (reader.answered(LOCAL, `client at ${node}`, "VIP") !== ""),
      );
      const some = new Set(NODES.map((node) => reader.status(LOCAL, node))).size === 2;
      return decide(
        [
          agree && some,
          "holds; it finds them by the health-check node port alone, which passes on just those nodes, without watching endpoints",
        ],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C16",
    where: `${WHERE}, Local`,
    says: "MetalLB announces endpoints by BGP or ARP",
    basis: { kind: "source", link: "https://metallb.io/usage/#traffic-policies" },
    judge: published(
      "holds as to BGP, where the nodes with a serving endpoint announce; with ARP a single node announces and its pods get everything",
    ),
  },
  {
    id: "C17",
    where: `${WHERE}, Local`,
    says: "AWS NLB with instance targets: supported natively by node port health checks",
    basis: {
      kind: "source",
      link: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#health-check",
    },
    judge: published(
      "holds when the check is HTTP /healthz on healthCheckNodePort rather than on the node port",
    ),
  },
  {
    id: "C18",
    where: `${WHERE}, Local`,
    says: "AWS NLB with IP targets: sends to pods directly, Local has no effect",
    basis: { kind: "packets", and: "that these targets are pods: core's model of the AWS controllers" },
    judge: (reader) =>
      decide(
        [
          reader.evidence.bypass.straightToPod.join() === "web-a1 sees 203.0.113.1",
          "holds: what is sent to a pod's own address meets no rule of kube-proxy, whichever the policy",
        ],
        [true, "does not hold"],
      ),
  },
  {
    id: "C19",
    where: `${WHERE}, Local`,
    says: "Azure tracks endpoints per node automatically",
    basis: { kind: "source", link: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/" },
    judge: published(
      "does not hold by default: every node stays in the pool and a probe of healthCheckNodePort steers; pools are kept per endpoint only with multiple standard load balancers",
    ),
  },
  {
    id: "C20",
    where: `${WHERE}, Local`,
    says: "Google Cloud supports it natively by NEGs",
    basis: {
      kind: "source",
      link: "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer",
    },
    judge: published(
      "holds when the NEGs are understood to hold nodes, not pods: under Local those with a pod, under Cluster a subset of all",
    ),
  },
  {
    id: "C21",
    where: `${WHERE}, Local`,
    says: "F5, Citrix and HAProxy need an external controller",
    basis: { kind: "source", link: "https://github.com/F5Networks/k8s-bigip-ctlr/issues/3935" },
    judge: published(
      "holds, but is not enough: their controllers do not set a check of healthCheckNodePort, which has to be added",
    ),
  },
];
