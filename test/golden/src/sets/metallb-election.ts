import { metallb } from "@evenkeel/core/balancers";
import { recordedSet, type RecordedCase } from "../recorded";

/** Nodes and an address, and the order in which they would lead it. */
interface Case extends RecordedCase {
  readonly candidates: readonly string[];
  readonly ip: string;
  readonly scores?: Readonly<Record<string, number>> | null;
  readonly order: readonly string[];
  readonly hashedAs: string;
}

export const metallbElection = recordedSet<Case>({
  name: "metallb-election",
  recorded: ({ order, hashedAs }) => ({ order, hashedAs }),
  ours: ({ candidates, ip, scores }) => ({
    order: metallb.leadershipOrder(candidates, ip, new Map(Object.entries(scores ?? {}))),
    hashedAs: metallb.canonical(ip),
  }),
});
