import { awsStandIn } from "./aws/stand-in";
import { kubernetesStandIn, type Cluster } from "./kubernetes/stand-in";
import { serveProvider } from "./serve";

export interface StandIns {
  /** May be changed between two commands: a preview in CI reaches no cluster, the update later does. */
  readonly cluster: Cluster;
  /** Attaches the engine to the stand-ins. */
  readonly env: NodeJS.ProcessEnv;
  close(): void;
}

/** Both providers, with an empty account and an empty cluster. */
export async function startStandIns(cluster: Cluster = { reachable: false }): Promise<StandIns> {
  const standIns = [awsStandIn(), kubernetesStandIn(cluster)];
  const served = await Promise.all(standIns.map(serveProvider));
  const attach = standIns.map(({ name }, index) => `${name}:${served[index]?.port}`);
  return {
    cluster,
    env: { PULUMI_DEBUG_PROVIDERS: attach.join(",") },
    close: () => served.forEach(({ close }) => close()),
  };
}
