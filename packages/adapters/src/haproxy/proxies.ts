import type { Section, Statement } from "./sections";

/** A proxy that has servers, a proxy that listens, or both (`listen`), with what it starts with. */
export interface Proxy {
  readonly kind: "frontend" | "backend" | "listen";
  readonly name: string;
  readonly line: number;
  /** Its own statements behind those of the defaults that it takes, the farthest first: a later one overrides an earlier one. */
  readonly levels: readonly (readonly Statement[])[];
  readonly comments: readonly string[];
}

/**
 * The proxies of a configuration. Each starts with the defaults that it names, else with the last ones before it; defaults start with
 * others only where they name them (manual 4).
 */
export function readProxies(sections: readonly Section[]): readonly Proxy[] {
  const byName = new Map<string, readonly (readonly Statement[])[]>();
  let last: readonly (readonly Statement[])[] = [];
  return sections.flatMap((section): readonly Proxy[] => {
    const { kind, name, from, line, statements, comments } = section;
    const base = from === undefined ? undefined : (byName.get(from) ?? []);
    if (kind === "defaults") {
      last = [...(base ?? []), statements];
      if (name !== undefined) byName.set(name, last);
    }
    if ((kind !== "frontend" && kind !== "backend" && kind !== "listen") || name === undefined) return [];
    return [{ kind, name, line, levels: [...(base ?? last), statements], comments }];
  });
}

/** All statements that hold for a proxy, in the order in which they take effect. */
export function allStatements({ levels }: Proxy): readonly Statement[] {
  return levels.flat();
}

/** The last statement of a keyword, which is the one in force. */
export function lastOf(proxy: Proxy, keyword: string): Statement | undefined {
  return allStatements(proxy).findLast((one) => one.keyword === keyword);
}

/** The last `option NAME` or `no option NAME`; undefined where neither is there. */
export function optionOf(proxy: Proxy, name: string): Statement | undefined {
  return allStatements(proxy).findLast(
    ({ keyword, words }) => keyword === "option" && words[1]?.text === name,
  );
}

export function isTcp(proxy: Proxy): boolean {
  const mode = lastOf(proxy, "mode")?.words[1]?.text;
  return mode === undefined || mode === "tcp";
}

/** A proxy that is switched off neither listens nor sends. */
export function isDisabled(proxy: Proxy): boolean {
  const last = allStatements(proxy).findLast(
    ({ keyword }) => keyword === "disabled" || keyword === "enabled",
  );
  return last?.keyword === "disabled";
}
