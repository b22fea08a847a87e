import type { Fact } from "../facts";
import { SHARED_CLOUD_FACTS } from "./facts";
import * as rows from "./rows";

type FactsOf<Row> = Row extends { readonly facts: infer Facts } ? keyof Facts & string : never;

/** Ids of the facts that rows bring, and of those that hold for several clouds. */
export type CloudFactId = FactsOf<(typeof rows)[keyof typeof rows]> | keyof typeof SHARED_CLOUD_FACTS;

export const NODE_PORT_FACTS = Object.assign(
  {},
  SHARED_CLOUD_FACTS,
  ...Object.values(rows).map(({ facts }) => facts),
) as Readonly<Record<CloudFactId, Fact>>;
