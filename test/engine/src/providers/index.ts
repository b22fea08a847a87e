import type { InvokeTable } from "@evenkeel/offline";
import { awsStandIn } from "./aws/stand-in";
import { kubernetesStandIn, type Cluster } from "./kubernetes/stand-in";
import { serveProvider } from "./serve";
import type { StandIn } from "./stand-in";

export interface StandIns {
  /** May be changed between two commands: a preview in CI reaches no cluster, the update later does. */
  readonly cluster: Cluster;
  /** Attaches the engine to the stand-ins. */
  readonly env: NodeJS.ProcessEnv;
  close(): void;
}

export interface World extends Cluster {
  /** Answers to functions of the providers, as `preview()` of `packages/offline` takes them. */
  readonly invokes?: InvokeTable;
}

/** Both providers, with an empty account and an empty cluster. */
export async function startStandIns(
  { invokes = {}, ...cluster }: World = { reachable: false },
): Promise<StandIns> {
  const standIns = [awsStandIn(), kubernetesStandIn(cluster)].map((standIn) => ({
    ...standIn,
    invoke: answer(invokes),
  }));
  const served = await Promise.all(standIns.map(serveProvider));
  const attach = standIns.map(({ name }, index) => `${name}:${served[index]?.port}`);
  return {
    cluster,
    env: { PULUMI_DEBUG_PROVIDERS: attach.join(",") },
    close: () => served.forEach(({ close }) => close()),
  };
}

function answer(invokes: InvokeTable): StandIn["invoke"] {
  return (token, args) => {
    const known = invokes[token];
    return typeof known === "function" ? known(args) : known;
  };
}
