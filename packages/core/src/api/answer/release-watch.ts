import type { ApiTraits, Release } from "../../releases";

type Trait = keyof ApiTraits;

/**
 * Works out an answer for each of several releases. A release is asked again only if an earlier one was asked for something in which
 * the two differ: all else that the answer rests on is the same.
 */
export function forEachRelease<T>(
  releases: readonly Release[],
  answer: (api: ApiTraits) => T,
): readonly { readonly release: Release; readonly answer: T }[] {
  const given: { readonly release: Release; readonly answer: T; readonly asked: readonly Trait[] }[] = [];
  return releases.map((release) => {
    const same = given.find((one) =>
      one.asked.every((trait) => isSame(one.release.api[trait], release.api[trait])),
    );
    if (same) return { release, answer: same.answer };
    const watch = watchOf(release);
    watch.asked.clear();
    const own = { release, answer: answer(watch.api), asked: [...watch.asked] };
    given.push(own);
    return own;
  });
}

/** The traits of a release, noting which of them are asked for. */
interface Watch {
  readonly api: ApiTraits;
  readonly asked: Set<Trait>;
}

const WATCHES = new Map<string, Watch>();

function watchOf({ version, api }: Release): Watch {
  const known = WATCHES.get(version);
  if (known) return known;
  const asked = new Set<Trait>();
  // The record has no keys but its traits.
  const traits = Object.keys(api) as Trait[];
  const noting = traits.map((trait) => {
    const get = (): ApiTraits[Trait] => {
      asked.add(trait);
      return api[trait];
    };
    return [trait, { enumerable: true, get }] as const;
  });
  const watch = { api: Object.defineProperties({}, Object.fromEntries(noting)) as ApiTraits, asked };
  WATCHES.set(version, watch);
  return watch;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}
