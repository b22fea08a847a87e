import { isUnknown, nearest, type Exposure } from "../model";

/** What a policy must give. Fractions of new connections; `hottest` as a ratio; each held against the 95th percentile. */
export interface Requirements {
  /** Whether pods must see the client's address: `required` rejects what hides it, `preferred` breaks ties, `ignored` does not look. */
  readonly clientAddress: ClientAddressWish;
  /** Largest tolerated multiple of its fair share that the hottest pod gets. */
  readonly maxHottest: number;
  /** Least number of nodes that must have a pod, where only those carry traffic. */
  readonly minNodesServing: number;
  /** Largest tolerated fraction of dropped connections in steady state. */
  readonly maxDropped: number;
  /** Largest tolerated fraction of connections that kube-proxy takes to another node: an extra hop. 1 does not look. */
  readonly maxCrossNode: number;
  /** Largest tolerated fraction of connections that kube-proxy takes to another zone, which clouds bill. 1 does not look. */
  readonly maxCrossZone: number;
  /**
   * Largest tolerated loss over a rollout, in seconds of all new connections: half of them dropped for ten seconds come to five. Absent
   * does not look.
   */
  readonly maxRolloutLossSeconds?: number;
  /** Whether clients inside the cluster must be able to use the load balancer's address. */
  readonly inClusterClients: boolean;
}

export const CLIENT_ADDRESS_WISHES = ["required", "preferred", "ignored"] as const;
export type ClientAddressWish = (typeof CLIENT_ADDRESS_WISHES)[number];

/** One requirement: everything that reading it, checking it and telling of it need. */
export interface Requirement<T = unknown> {
  readonly default: T;
  /** `fraction`, `ratio`, `nodes`; empty for words. */
  readonly unit: string;
  /** What it asks for, in a sentence; the doc comments of the types that people fill in repeat it, and tests hold them together. */
  readonly says: string;
  /** What a value must be: `a fraction from 0 to 1`. */
  readonly wanted: string;
  /** The words, where it is one of a closed set. */
  readonly words?: readonly string[];
  /** Whether it has a meaning for clients inside, who call the cluster IP. */
  readonly sides: "both" | "external";
  /** The value, if it is one. */
  read(written: unknown): T | undefined;
}

const fraction: Pick<Requirement<number>, "unit" | "wanted" | "read"> = {
  unit: "fraction",
  wanted: "a fraction from 0 to 1",
  read: (written) => (isNumber(written) && written >= 0 && written <= 1 ? written : undefined),
};

/** Every requirement, in the order in which they are told. A new one is a field above and an entry here; the compiler asks for the rest. */
export const REQUIREMENTS: { readonly [K in keyof Requirements]-?: Requirement<Requirements[K]> } =
  Object.freeze({
    clientAddress: {
      default: "preferred",
      unit: "",
      says: "Whether pods must see the client's address: `required` rejects what hides it, `preferred` breaks ties, `ignored` does not look.",
      wanted: CLIENT_ADDRESS_WISHES.join(", "),
      words: CLIENT_ADDRESS_WISHES,
      sides: "external",
      read: (written) => CLIENT_ADDRESS_WISHES.find((wish) => wish === written),
    },
    maxDropped: {
      ...fraction,
      default: 0,
      says: "Largest tolerated fraction of dropped connections in steady state.",
      sides: "both",
    },
    maxHottest: {
      default: 1.5,
      unit: "ratio",
      says: "Largest tolerated multiple of its fair share that the hottest pod gets.",
      wanted: "a number, at least 1 (1: all pods get the same)",
      sides: "both",
      read: (written) => (isNumber(written) && written >= 1 ? written : undefined),
    },
    minNodesServing: {
      default: 2,
      unit: "nodes",
      says: "Least number of nodes that must have a pod, where only those carry traffic.",
      wanted: "a whole number of nodes, not negative",
      sides: "external",
      read: (written) =>
        isNumber(written) && Number.isInteger(written) && written >= 0 ? written : undefined,
    },
    maxCrossNode: {
      ...fraction,
      default: 1,
      says: "Largest tolerated fraction of connections that kube-proxy takes to another node: an extra hop. 1 does not look.",
      sides: "both",
    },
    maxCrossZone: {
      ...fraction,
      default: 1,
      says: "Largest tolerated fraction of connections that kube-proxy takes to another zone, which clouds bill. 1 does not look.",
      sides: "both",
    },
    maxRolloutLossSeconds: {
      default: undefined,
      unit: "seconds",
      says: "Largest tolerated loss over a rollout, in seconds of all new connections: half of them dropped for ten seconds come to five. Absent does not look.",
      wanted: "a number of seconds, not negative",
      sides: "both",
      read: (written) => (isNumber(written) && written >= 0 ? written : undefined),
    },
    inClusterClients: {
      default: false,
      unit: "",
      says: "Whether clients inside the cluster must be able to use the load balancer's address.",
      wanted: "true or false",
      sides: "external",
      read: (written) => (typeof written === "boolean" ? written : undefined),
    },
  });

export const DEFAULT_REQUIREMENTS: Requirements = Object.freeze({
  clientAddress: REQUIREMENTS.clientAddress.default,
  maxHottest: REQUIREMENTS.maxHottest.default,
  minNodesServing: REQUIREMENTS.minNodesServing.default,
  maxDropped: REQUIREMENTS.maxDropped.default,
  maxCrossNode: REQUIREMENTS.maxCrossNode.default,
  maxCrossZone: REQUIREMENTS.maxCrossZone.default,
  inClusterClients: REQUIREMENTS.inClusterClients.default,
});

export function isRequirement(name: string): name is keyof Requirements {
  return Object.hasOwn(REQUIREMENTS, name);
}

/** Requirements as somebody wrote them, with one line for each mistake: path, what was seen, what is wanted. */
export function readRequirements(
  written: Readonly<Record<string, unknown>>,
  path = "requirements",
): { readonly value: Partial<Requirements>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const value = Object.entries(written).flatMap(([name, one]): (readonly [string, unknown])[] => {
    if (one === undefined || isUnknown(one)) return [];
    const at = path === "" ? name : `${path}.${name}`;
    if (!isRequirement(name)) {
      problems.push(`${at}: unknown requirement${nearest(name, Object.keys(REQUIREMENTS))}`);
      return [];
    }
    const { read, wanted, words = [] } = REQUIREMENTS[name];
    const known: unknown = read(one);
    if (known !== undefined) return [[name, known]];
    problems.push(`${at}: ${shown(one)}; wanted ${wanted}${nearest(shown(one), words)}`);
    return [];
  });
  // Each value was read by the requirement of its own name.
  return { value: Object.fromEntries(value) as Partial<Requirements>, problems };
}

/**
 * All of them for an exposure: the defaults, over them what its annotations wish for and what its source states, over these what was
 * asked.
 */
export function requirementsFor({ wishes }: Exposure, asked: Partial<Requirements> = {}): Requirements {
  return {
    ...DEFAULT_REQUIREMENTS,
    ...(wishes?.clientAddress ? { clientAddress: "required" } : {}),
    ...(wishes?.inClusterClients ? { inClusterClients: true } : {}),
    ...readRequirements(wishes?.requirements ?? {}).value,
    ...asked,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "a map" : String(value);
}
