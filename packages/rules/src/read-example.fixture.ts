import { isHaproxyConfig, readPulumi, type HaproxySource, type PulumiResource } from "@evenkeel/adapters";
import type { Finding, Inventory } from "@evenkeel/core/model";
import { check, readEnforcement, type Example, type ExampleObject, type PlainFinding, type Rule } from ".";
import { objectsOf, textsOf } from "../../cli/src/input/objects";
import { parseText } from "../../cli/src/input/parse";

/** Reads an example as the command reads files and as the pack reads resources. */
export function readExample({ objects = [], files = {} }: Example): Inventory {
  const plain: readonly ExampleObject[] = JSON.parse(JSON.stringify(objects));
  const [resources, manifests] = [plain.filter(isResource), plain.filter((one) => !isResource(one))];
  const read = Object.entries(files).map(([name, text]) => readFile(name, text));
  const inventory = readPulumi(resources.map(resourceOf), {
    objects: [...manifests.map((object) => ({ object })), ...read.flatMap((file) => file.objects)],
    haproxy: read.flatMap(({ haproxy }) => haproxy),
  });
  return { ...inventory, texts: read.flatMap(({ texts }) => texts) };
}

const ENFORCEMENT = readEnforcement({ today: "2026-11-22" }, []).value;

/** What rules report of an example; URNs, which only make findings findable again, and fingerprints are left out. */
export function reported(rules: readonly Rule[], inventory: Inventory): readonly PlainFinding[] {
  return check(rules, inventory, ENFORCEMENT).findings.map(withoutIdentity);
}

function withoutIdentity({ fingerprint: _, resource, related, ...rest }: Finding): PlainFinding {
  return {
    ...rest,
    resource: { ...resource, urn: null },
    related: related.map((one) => ({ ...one, urn: null })),
  };
}

function isResource(object: ExampleObject): boolean {
  return "properties" in object;
}

function resourceOf({ type, name, properties }: ExampleObject): PulumiResource {
  return {
    type: String(type),
    name: String(name),
    urn: `urn:pulumi:dev::shop::${String(type)}::${String(name)}`,
    properties: properties as Record<string, unknown>,
    dependencies: [],
    propertyDependencies: {},
  };
}

function readFile(name: string, text: string) {
  if (isHaproxyConfig(text)) {
    const resource = { kind: "HAProxy", name, source: { file: name, document: 0 } };
    const haproxy: readonly HaproxySource[] = [{ home: { resource, firstLine: 1 }, text }];
    return { objects: [], texts: [], haproxy };
  }
  const parsed = parseText(text, name);
  return { objects: objectsOf(parsed, name), texts: textsOf(parsed, name), haproxy: [] };
}
