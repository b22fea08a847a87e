import type { PreviewResult, Resource } from "@evenkeel/offline";
import { columns } from "./table";
import type { Paint } from "./paint";

/** The resources that would be created, as a tree by parent, in the form that Pulumi users know. */
export function renderTree({ resources, project, stack }: PreviewResult, paint: Paint): string {
  const shown = resources.filter(
    ({ type, name }) => type !== "pulumi:pulumi:Stack" && !isDefaultProvider(type, name),
  );
  const known = new Set(shown.map(({ urn }) => urn));
  const children = new Map<string | undefined, Resource[]>();
  for (const resource of shown) {
    const parent = resource.parent !== undefined && known.has(resource.parent) ? resource.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  const rows: (readonly string[])[] = [["+", `pulumi:pulumi:Stack`, `${project}-${stack}`, "create"]];
  const walk = (parent: string | undefined, indent: string): void => {
    const siblings = children.get(parent) ?? [];
    siblings.forEach((resource, index) => {
      const last = index === siblings.length - 1;
      rows.push([
        "+",
        `${indent}${last ? "└─ " : "├─ "}${shortType(resource.type)}`,
        resource.name,
        resource.external ? "read" : "create",
      ]);
      walk(resource.urn, `${indent}${last ? "   " : "│  "}`);
    });
  };
  walk(undefined, "");
  const table = columns(
    rows.map(([plus, type, name, plan]) => [
      paint.green(plus ?? ""),
      type ?? "",
      name ?? "",
      paint.green(plan ?? ""),
    ]),
  );
  return `${paint.bold("Resources")}\n${table}\n  ${shown.filter(({ external }) => !external).length + 1} to create`;
}

/** Registered by the engine itself (pulumi pkg/resource/deploy/providers/provider.go DefaultName); the others are the program's. */
function isDefaultProvider(type: string, name: string): boolean {
  return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(name);
}

/** `aws:lb/targetGroup:TargetGroup` -> `aws:lb:TargetGroup`, as the Pulumi command prints it. */
function shortType(type: string): string {
  const [pkg, module = "", name = ""] = type.split(":");
  return [pkg, module.split("/")[0], name].filter(Boolean).join(":");
}
