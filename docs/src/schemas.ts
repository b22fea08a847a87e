import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import type { Page } from "./main";

/** JSON schemas of what programs read or write, derived from the types that the code itself uses. */
export function schemas(root: string): readonly Page[] {
  return [
    {
      path: "packages/rules/schema/report.v1.json",
      text: schemaOf(
        root,
        "packages/rules/src/document.ts",
        "ReportDocument",
        "Output of evenkeel --format json",
      ),
    },
  ];
}

function schemaOf(root: string, file: string, type: string, title: string): string {
  const generator = createGenerator({
    path: join(root, file),
    tsconfig: join(root, "tsconfig.schemas.json"),
    type,
    // Later versions only add: readers must take what they do not know.
    additionalProperties: true,
    skipTypeCheck: true,
    sortProps: true,
  });
  return JSON.stringify({ title, ...generator.createSchema(type) }, null, 2);
}
