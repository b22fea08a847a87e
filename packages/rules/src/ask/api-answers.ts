import type { ApiError, Undecided } from "@evenkeel/core/api";
import { SUPPORTED_VERSIONS, type Cluster, type ObjectRef } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { undecided, violated, type Outcome } from "../frame/outcome";
import { show } from "./show";

/** What servers of one version say of an object. */
export interface Verdict {
  /** Minor version: `1.36`. */
  readonly version: string;
  readonly errors: readonly ApiError[];
  readonly undecided: readonly Undecided[];
}

const BOTH_ENDS: readonly string[] = [SUPPORTED_VERSIONS.newest, SUPPORTED_VERSIONS.oldest];

/** With no version given, what both ends of the supported range refuse is certain; what one of them refuses rests on the version. */
export function versionsAsked({ kubernetesVersion }: Cluster): readonly string[] {
  return kubernetesVersion === undefined ? BOTH_ENDS : [kubernetesVersion];
}

/** An outcome for each thing that the API server refuses, in its own words. */
export function refusals(verdicts: readonly Verdict[], ref: ObjectRef): readonly Outcome[] {
  const found = merged(verdicts);
  const isWhole = !found.some(({ error }) => isLeftOut(error));
  return found.map(({ error, only }) => {
    const assumption = assumptionOf(error, isWhole) ?? (only && onlyBy(only));
    return violated({
      facts: factsOf(error),
      at: { resource: ref, path: error.path },
      seen: seen(error),
      wanted: error.message || error.kind.toLowerCase(),
      effect: `the API server answers: ${error.text}`,
      ...(assumption ? { assumption } : {}),
    });
  });
}

function onlyBy(version: string): string {
  return `the cluster runs Kubernetes ${version}, or a version that behaves alike`;
}

/** What of a workload people leave to others: a base that an overlay completes, a webhook, whoever builds the image. */
const LEFT_OUT =
  /^(?:metadata\.name|spec\.selector|spec\.template\.spec\.containers(?:\[\d+\]\.(?:name|image))?)$/;

function isLeftOut({ kind, path }: ApiError): boolean {
  return kind === "Required" && LEFT_OUT.test(path);
}

/** What is refused as it stands may be completed on its way to the server. */
function assumptionOf({ kind, path, value }: ApiError, isWhole: boolean): string | undefined {
  // Labels that match no selector are no mistake of their own where there is none.
  if (!isWhole && (LEFT_OUT.test(path) || path === "spec.template.metadata.labels"))
    return "nothing completes the object before it reaches the API server";
  return kind === "TypeInvalid" && isPlaceholder(value)
    ? "nothing fills in the value before the object is applied"
    : undefined;
}

/** `${PORT}` of envsubst and Flux; `{{ .Values.port }}`, which YAML reads as a map whose key is a map. */
function isPlaceholder(value: unknown): boolean {
  if (typeof value === "string") return /\$\{?\w+|\{\{/.test(value);
  return typeof value === "object" && value !== null && "[object Object]" in value;
}

/** What the API server answers for a field is a fact of that field; some facts cover several fields, by the path of one. */
function factsOf({ fact, kind, value }: ApiError): readonly [FactId, ...FactId[]] {
  // The fact of a field is made from its path, which is any text.
  const own = fact as FactId;
  const row = ROWS.find(({ tells }) => tells({ fact, kind, value }))?.row;
  return row === undefined || row === own ? [own] : [own, row];
}

const ROWS: readonly {
  readonly row: FactId;
  tells(error: Pick<ApiError, "fact" | "kind" | "value">): boolean;
}[] = [
  {
    row: "K8S:spec.ports[i].name",
    tells: ({ fact, kind }) =>
      kind === "Duplicate" && (fact === "K8S:spec.ports[i]" || fact === "K8S:spec.ports[i].nodePort"),
  },
  {
    row: "K8S:spec.LoadBalancerSourceRanges",
    tells: ({ fact }) => fact === "K8S:spec.LoadBalancerSourceRanges[i]",
  },
  {
    // A number that is no port is refused by the allocation, before the validation gets to its field.
    row: "K8S:spec.healthCheckNodePort",
    tells: ({ fact, value }) => fact === "K8S:-" && typeof value === "number" && (value < 1 || value > 65535),
  },
  {
    row: "K8S:…topologySpreadConstraints[i].minDomains",
    tells: ({ fact }) => /\.topologySpreadConstraints\[i\]\.(?:minDomains|maxSkew)$/.test(fact),
  },
];

/** An outcome for each value that a check waits for. */
export function waiting(unknowns: readonly Undecided[], ref: ObjectRef): readonly Outcome[] {
  return unknowns.map(({ unknown }) =>
    undecided({
      facts: [`K8S:${unknown.path}`],
      at: { resource: ref, path: unknown.path },
      unknown,
      how: "set it to a plain value",
    }),
  );
}

/** Fields that the oldest servers drop, their gate still off, so that they accept nothing that the others refuse (KEP-4444). */
const READ_LATER: ReadonlySet<string> = new Set(["spec.trafficDistribution"]);

function merged(verdicts: readonly Verdict[]): readonly { error: ApiError; only?: string }[] {
  const [first, second] = verdicts;
  if (!first || verdicts.every(({ errors }) => errors.length === 0)) return [];
  if (!second) return first.errors.map((error) => ({ error }));
  // Texts change between releases; the place and the kind of an error tell whether both mean the same.
  const key = ({ path, kind }: ApiError): string => `${path} ${kind}`;
  const mine = new Set(first.errors.map(key));
  const theirs = new Set(second.errors.map(key));
  return [
    ...first.errors.map((error) =>
      theirs.has(key(error)) || READ_LATER.has(error.path) ? { error } : { error, only: first.version },
    ),
    ...second.errors
      .filter((error) => !mine.has(key(error)))
      .map((error) => ({ error, only: second.version })),
  ];
}

function seen({ value, kind }: ApiError): string {
  if (kind === "Required") return "not set";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? show(value)
    : "set";
}
