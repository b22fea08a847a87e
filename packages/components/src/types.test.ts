import { HEALTH_CHECK_ARGUMENTS } from "@evenkeel/adapters";
import type * as types from "@pulumi/kubernetes/types";
import { record } from "./arguments/checks";
import { checksOf } from "./arguments/described";
import type {
  HealthCheckArgs,
  InternalServiceArgs,
  NlbInstanceServiceArgs,
  NlbIpServiceArgs,
  WorkloadArgs,
} from ".";
import { Scheme, TrafficPolicy } from ".";
import { instanceArgs, internalArgs, ipArgs } from "../testing/nlb-args";

// What the compiler forbids; `tsc` fails if one of these lines compiles after all. Running them proves nothing.

const behindPods = (args: NlbIpServiceArgs): NlbIpServiceArgs => args;
const behindNodes = (args: NlbInstanceServiceArgs): NlbInstanceServiceArgs => args;

it("nothing behind pods has to do with nodes", () => {
  // @ts-expect-error no traffic policy has an effect behind pods
  behindPods({ ...ipArgs, trafficPolicy: TrafficPolicy.Local });
  // @ts-expect-error nor has the Service's session affinity
  behindPods({ ...ipArgs, sessionAffinity: "ClientIP" });
  // @ts-expect-error there is no health-check node port
  behindPods({ ...ipArgs, healthCheckNodePort: 30_003 });
  // @ts-expect-error there are no node ports
  behindPods({ ...ipArgs, ports: [{ name: "http", port: 80, nodePort: 30_001 }] });
  // @ts-expect-error and so there is no choice to keep
  behindPods({ ...ipArgs, decisionFile: "choices.json" });
  // @ts-expect-error instances are no targets
  behindPods({ ...ipArgs, pulumiOwned: { vpcId: "vpc-1", subnets: ["a"], autoScalingGroups: ["blue"] } });
});

it("nothing inside has to do with what stands outside", () => {
  const inside = (args: InternalServiceArgs): InternalServiceArgs => args;
  // @ts-expect-error the policy for clients outside
  inside({ ...internalArgs, trafficPolicy: TrafficPolicy.Local });
  // @ts-expect-error there is no load balancer
  inside({ ...internalArgs, scheme: Scheme.Internal });
  // @ts-expect-error kube-proxy keeps the address of clients inside, whatever the policy
  inside({ ...internalArgs, requirements: { clientAddress: "required" } });
  // @ts-expect-error there are no node ports
  inside({ ...internalArgs, ports: [{ name: "http", port: 80, nodePort: 30_001 }] });
});

it("what must be said cannot be left out", () => {
  const { scheme: _scheme, ...withoutScheme } = instanceArgs;
  // @ts-expect-error whoever makes the load balancer would choose a scheme of their own
  behindNodes(withoutScheme);
  // @ts-expect-error a port's resources are called by its name
  behindNodes({ ...instanceArgs, ports: [{ port: 80 }] });
  // @ts-expect-error a load balancer lies in subnets
  behindNodes({ ...instanceArgs, pulumiOwned: { vpcId: "vpc-1" } });
});

it("closed sets are closed", () => {
  // @ts-expect-error a misspelling
  behindNodes({ ...instanceArgs, trafficPolicy: "Lokal" });
  // @ts-expect-error the word of another provider
  behindNodes({ ...instanceArgs, scheme: "internet_facing" });
  behindNodes({ ...instanceArgs, trafficPolicy: "Local", scheme: Scheme.InternetFacing });
});

it("a pod spec as Kubernetes has it is one", () => {
  const spec: types.input.core.v1.PodSpec = { containers: [{ name: "web", image: "web:1" }] };
  const workload: WorkloadArgs = { labels: { app: "web" }, spec };
  behindNodes({ ...instanceArgs, workload });
});

it("the table of arguments and the arguments are one", () => {
  const { value: number } = HEALTH_CHECK_ARGUMENTS.intervalSeconds;
  const { intervalSeconds: _interval, ...incomplete } = HEALTH_CHECK_ARGUMENTS;
  checksOf<HealthCheckArgs>(HEALTH_CHECK_ARGUMENTS);
  // @ts-expect-error an argument without a description
  record<HealthCheckArgs>(checksOf<HealthCheckArgs, typeof incomplete>(incomplete));
  // @ts-expect-error a description of what is no argument
  checksOf<HealthCheckArgs, { retries: { value: typeof number } }>({ retries: { value: number } });
  // @ts-expect-error values of another type than the argument's
  checksOf<HealthCheckArgs, { path: { value: typeof number } }>({ path: { value: number } });
});
