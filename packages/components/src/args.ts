import type { Input } from "@pulumi/pulumi";
import type { DaemonSet, Deployment, StatefulSet } from "@pulumi/kubernetes/apps/v1";
import type {
  Dataplane,
  HealthCheckProtocol,
  InternalTrafficPolicy,
  Scheme,
  TrafficDistribution,
} from "./enums";
import type { RequirementsArgs } from "./decision-args";
import type { WorkloadArgs } from "./workload-args";

// Arguments that the components share. Everything that decides how many resources there are is plain; the rest may be an output.

/** One TCP port of a Service that only clients inside the cluster call. */
export interface InternalPortArgs {
  /** Name of the port in the Service. */
  name: string;
  /** Port of the Service. */
  port: Input<number>;
  /** Port of the pod. Default `port`. */
  targetPort?: Input<number>;
  /** Port of the pod by its name in the container, instead of `targetPort`. */
  targetPortName?: Input<string>;
}

/** One TCP port of a Service. */
export interface NlbPortArgs {
  /** Name of the port in the Service and of the resources made for it: changing it replaces them. */
  name: string;
  /** Port of the Service and of the load balancer. */
  port: Input<number>;
  /** Port of the pod. Default `port`. */
  targetPort?: Input<number>;
  /** Port of the pod by its name in the container, instead of `targetPort`. */
  targetPortName?: Input<string>;
}

/** One TCP port of a Service that is reached through nodes. */
export interface NlbInstancePortArgs extends NlbPortArgs {
  /**
   * Pins the node port, which the API server chooses otherwise. Take one from 30000-30085, which it leaves free for this; the
   * cluster has only these 86.
   */
  nodePort?: Input<number>;
}

/**
 * What of the health check is free to choose. What the traffic policy requires (protocol, port) follows from it; a value that
 * breaks it is refused.
 */
export interface HealthCheckArgs {
  /** HTTP under Local behind nodes, else TCP. */
  protocol?: Input<HealthCheckProtocol>;
  /** The health-check node port under Local behind nodes, else the port that carries the traffic. */
  port?: Input<number>;
  /** Path to ask over HTTP or HTTPS. */
  path?: Input<string>;
  /** HTTP status codes that count as healthy: `200-399`, `200,204`. */
  matcher?: Input<string>;
  /** Seconds between checks, 5 to 300. Default 10. */
  intervalSeconds?: Input<number>;
  /** Seconds to wait for an answer, 2 to 120 and no longer than the interval. Default 6 over HTTP to kube-proxy, else 10. */
  timeoutSeconds?: Input<number>;
  /** Passed checks in a row that bring a target back, 2 to 10. Default 2 under Local behind nodes, else 3. */
  healthyThreshold?: Input<number>;
  /** Failed checks in a row that take a target out, 2 to 10. Default 2 under Local behind nodes, else 3. */
  unhealthyThreshold?: Input<number>;
}

/** The cluster, as far as it decides where pods go. */
export interface ClusterArgs {
  /** Equal nodes, group by group. */
  nodes: NodeGroupArgs[];
  /** `1.36`, `1.36.3`. */
  kubernetesVersion?: Input<string>;
  /** What implements Services on the nodes. Default iptables. */
  dataplane?: Input<Dataplane>;
}

/** Equal nodes, dealt over the zones in turn. */
export interface NodeGroupArgs {
  /** Nodes are called `name-1`, `name-2`, … Default node. */
  name?: Input<string>;
  /** How many there are now. Default `min`. */
  count?: Input<number>;
  /** The fewest, where an autoscaler moves the number. Default `count`. */
  min?: Input<number>;
  /** The most, where an autoscaler moves the number: a choice must hold for all of them. Default `count`. */
  max?: Input<number>;
  /** Zones that they are in. Default: not told. */
  zones?: Input<Input<string>[]>;
  /** CPU that pods can have, as a Kubernetes quantity. Default 4. */
  cpu?: Input<string>;
  /** Memory that pods can have, as a Kubernetes quantity. Default 16Gi. */
  memory?: Input<string>;
  /** Pods that fit. Default 110. */
  pods?: Input<number>;
  /** Fraction of CPU and memory that is asked for already, at the most; drawn evenly below it. Default none. */
  load?: Input<number>;
  /** Labels of each node. */
  labels?: Input<Record<string, Input<string>>>;
  /** Taints of each node. */
  taints?: Input<Input<TaintArgs>[]>;
}

/** What keeps pods off a node that do not tolerate it. */
export interface TaintArgs {
  /** Key of the taint. */
  key: Input<string>;
  /** Value of the taint. */
  value?: Input<string>;
  /** NoSchedule, PreferNoSchedule or NoExecute. */
  effect: Input<string>;
}

/** AWS Load Balancer Controller, running in the cluster, makes the load balancer from the Service. */
export interface ControllerOwnedArgs {
  /** Subnets, one a zone. Default: those tagged for it. */
  subnets?: Input<Input<string>[]>;
}

/** This program makes the load balancer; AWS Load Balancer Controller registers the targets by a TargetGroupBinding. */
export interface PulumiOwnedArgs {
  /** VPC of the targets. */
  vpcId: Input<string>;
  /** Subnets of the load balancer, one a zone. */
  subnets: Input<Input<string>[]>;
  /** Security groups of the load balancer. One created without any can never get one. */
  securityGroups?: Input<Input<string>[]>;
  /** Settings of the TargetGroupBinding. */
  targetGroupBinding?: TargetGroupBindingArgs;
}

/** This program makes the load balancer; nodes are registered by a TargetGroupBinding, or by their Auto Scaling groups. */
export interface PulumiOwnedInstanceArgs extends PulumiOwnedArgs {
  /** Names of the Auto Scaling groups whose instances are the targets, instead of a TargetGroupBinding. */
  autoScalingGroups?: Input<string>[];
}

/** How the targets are registered, and who may reach them. */
export interface TargetGroupBindingArgs {
  /**
   * Networks that the controller lets through to the traffic and health-check ports, beside the load balancer's security groups:
   * clients, where the load balancer keeps their address.
   */
  allowFrom?: Input<Input<string>[]>;
}

/** What every Service takes, with what runs behind it and where. */
export interface ServiceArgs {
  /** Namespace of the Service. Default: the provider's. */
  namespace?: Input<string>;
  /** Name of the Service, and so its DNS name in the cluster. Default: the component's name with a suffix from Pulumi. */
  serviceName?: Input<string>;
  /** Labels of the Service. */
  labels?: Input<Record<string, Input<string>>>;
  /** Further annotations of the Service; those that an argument stands for are refused. */
  annotations?: Input<Record<string, Input<string>>>;
  /** Labels of the pods that the Service selects. Default: those of the workload. */
  selector?: Input<Record<string, Input<string>>>;
  /** What runs behind the Service, as a plain record. Exactly one of this, `deployment`, `statefulSet` and `daemonSet`. */
  workload?: WorkloadArgs;
  /** The Deployment behind the Service; what it does not know at preview is not known here either. */
  deployment?: Deployment;
  /** The StatefulSet behind the Service. */
  statefulSet?: StatefulSet;
  /** The DaemonSet behind the Service. */
  daemonSet?: DaemonSet;
  /** Shape of the cluster. Default: answers are given for 3, 10 and 30 equal nodes in three zones. */
  cluster?: ClusterArgs;
  /** File with the same in JSON or YAML, instead of `cluster`; relative to the program, from other languages absolute. */
  clusterFile?: string;
  /** Version of Kubernetes, `1.36`; decides which options there are. */
  kubernetesVersion?: Input<string>;
  /** What implements Services on the nodes. Default iptables. */
  dataplane?: Input<Dataplane>;
}

/** What every Service behind an NLB takes. */
export interface NlbServiceArgs extends ServiceArgs {
  /** Who may receive what pods send to the Service. Default Cluster. */
  internalTrafficPolicy?: Input<InternalTrafficPolicy>;
  /** Which endpoints are preferred, for pods and, behind nodes, for clients outside too. Default: none. */
  trafficDistribution?: Input<TrafficDistribution>;
  /** Whether the load balancer faces the internet; never left to whoever makes it. */
  scheme: Input<Scheme>;
  /** Whether targets of other zones are used; AWS bills what crosses. Default false. */
  crossZone?: Input<boolean>;
  /** Whether the load balancer names the client in a PROXY protocol v2 header, which the pods must then read. Default false. */
  proxyProtocol?: Input<boolean>;
  /** Whether the load balancer keeps the client's address on what it sends. Default: true for nodes, false for pods, as with AWS. */
  preserveClientAddress?: Input<boolean>;
  /** Overrides what of the health check is free. */
  healthCheck?: HealthCheckArgs;
  /** AWS Load Balancer Controller makes the load balancer. Either this or `pulumiOwned`. */
  controllerOwned?: ControllerOwnedArgs;
  /** Tags of the AWS resources. */
  tags?: Input<Record<string, Input<string>>>;
  /** What the policy must give. */
  requirements?: RequirementsArgs;
}
