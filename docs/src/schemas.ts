import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import type { Page } from "./main";

/** JSON schemas of what programs read or write, derived from the types that the code itself uses. */
export function schemas(root: string): readonly Page[] {
  return [
    {
      path: "packages/rules/schema/report.v1.json",
      text: schemaOf(root, {
        file: "packages/rules/src/document.ts",
        type: "ReportDocument",
        title: "Output of evenkeel --format json",
        // Later versions only add: readers must take what they do not know.
        additionalProperties: true,
      }),
    },
    {
      path: "packages/cli/schema/cluster.v1.json",
      text: schemaOf(root, {
        file: "packages/adapters/src/cluster/shape.ts",
        type: "ClusterShape",
        title: "Shape of a cluster, for evenkeel --cluster",
        // Written by hand: a key that means nothing is a slip.
        additionalProperties: false,
      }),
    },
  ];
}

interface Wanted {
  readonly file: string;
  readonly type: string;
  readonly title: string;
  readonly additionalProperties: boolean;
}

function schemaOf(root: string, { file, type, title, additionalProperties }: Wanted): string {
  const generator = createGenerator({
    path: join(root, file),
    tsconfig: join(root, "tsconfig.schemas.json"),
    type,
    additionalProperties,
    skipTypeCheck: true,
    sortProps: true,
  });
  return JSON.stringify({ title, ...generator.createSchema(type) }, null, 2);
}
