import { createHash } from "node:crypto";
import { isUnknown } from "@evenkeel/core/model";
import { defaultService } from "@evenkeel/core/api";
import { containsUnknowns, isMap, reveal, type PropertyMap, type PropertyValue } from "../../values/property";
import { metadataOf, withSecrets } from "./inputs";
import { isBuiltIn } from "./kinds";

/** The answer of a server-side dry run, or undefined where the provider does not ask for one. */
export type DryRun = (urn: string, object: PropertyMap) => PropertyMap | undefined;

// Above the band that the allocator leaves to pinned ports (k/k pkg/registry/core/service/portallocator, range 30000-32767).
const FIRST_PORT = 30_086;
const LAST_PORT = 32_767;
const CREATED = "1970-01-01T00:00:00Z";

/**
 * One API server, asked by server-side dry run. Services are defaulted, and their ports and addresses chosen, as the server
 * would; other kinds of Kubernetes come back with metadata only. A dry run reserves nothing in a real server; here numbers are
 * not given twice, so that two Services of one preview do not seem to collide.
 */
export function dryRun(): DryRun {
  const taken = new Set<number>();
  return (urn, object) => {
    // provider.go Create: unknown inputs, kinds that the server does not serve, and patches are not sent.
    if (containsUnknowns(object) || !isBuiltIn(object) || urn.includes("Patch::")) return undefined;
    const revealed = reveal(object);
    const written = isMap(revealed) ? revealed : {};
    const stored =
      written["kind"] === "Service" ? json(defaultService(written), choices(urn, taken)) : written;
    return isMap(stored) ? withSecrets(withServerMetadata(urn, stored), object) : undefined;
  };
}

/** Chooses each value that the server would: a port or an address, which follows from the URN. */
function choices(urn: string, taken: Set<number>): (field: string) => PropertyValue {
  const chosen = new Map<string, PropertyValue>();
  const digest = createHash("sha256").update(urn).digest();
  const choose = (field: string): PropertyValue => {
    if (!/nodeport$/i.test(field)) return `10.96.${digest.readUInt8(0)}.${(digest.readUInt8(1) % 254) + 1}`;
    const span = LAST_PORT - FIRST_PORT + 1;
    let port = FIRST_PORT + (createHash("sha256").update(`${urn} ${field}`).digest().readUInt32BE(0) % span);
    while (taken.has(port)) port = port === LAST_PORT ? FIRST_PORT : port + 1;
    taken.add(port);
    return port;
  };
  return (written) => {
    const field = written === "spec.clusterIPs[0]" ? "spec.clusterIP" : written;
    const value = chosen.get(field) ?? choose(field);
    chosen.set(field, value);
    return value;
  };
}

/** JSON from a record of core's: absent fields go, and what the server chooses is chosen. */
function json(value: unknown, choose: (field: string) => PropertyValue): PropertyValue {
  if (isUnknown(value)) return choose(value.origin?.field ?? value.path);
  if (Array.isArray(value)) return value.map((item) => json(item, choose));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, json(item, choose)]),
    );
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function withServerMetadata(urn: string, object: PropertyMap): PropertyMap {
  const digest = createHash("sha256").update(urn).digest("hex");
  const uid = [8, 12, 16, 20, 32]
    .map((end, index, ends) => digest.slice(ends[index - 1] ?? 0, end))
    .join("-");
  // Status is taken out of the answer, lest a program reads what a dry run cannot know.
  const withoutStatus = Object.fromEntries(Object.entries(object).filter(([key]) => key !== "status"));
  return { ...withoutStatus, metadata: { ...metadataOf(object), uid, creationTimestamp: CREATED } };
}
