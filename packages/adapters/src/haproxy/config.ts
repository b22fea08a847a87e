import { isUnknown, unknownAt, type HealthCheck, type Knowable } from "@evenkeel/core/model";
import { readHealthCheck, unseenCheck } from "./health-check";
import { listenersOf, type Listener } from "./listeners";
import { isDisabled, readProxies, type Proxy } from "./proxies";
import { readSections, type Mistake } from "./sections";
import { readServers, valueOf, type Server } from "./servers";
import { isOn, parameterPlace, serverPlace, type Home, type PlacedServer } from "./setting";

/** A configuration as text, with where it stands. */
export interface HaproxySource {
  readonly home: Home;
  readonly text: string;
  /** What HAProxy reads before it: the earlier files of its folder. */
  readonly before?: readonly Pick<HaproxySource, "home" | "text">[];
  /** `namespace/name` of the Service behind all of it, where its object says so. */
  readonly service?: string;
}

/** The servers of one proxy, and how connections come to them. */
export interface Pool {
  readonly home: Home;
  readonly proxy: Proxy;
  /** Those in use; a disabled one gets no connection. */
  readonly servers: readonly PlacedServer[];
  readonly listeners: readonly Listener[];
}

export interface HaproxyConfig {
  readonly source: HaproxySource;
  /** None where HAProxy would not start. */
  readonly pools: readonly Pool[];
  readonly mistakes: readonly Mistake[];
}

/** Reads a configuration behind those before it, whose sections hold on; whatever the text, it returns. */
export function readHaproxy(source: HaproxySource): HaproxyConfig {
  const { text, before = [] } = source;
  const earlier = before.map(({ home, text: own }) => ({ home, lines: own.split("\n").length }));
  const offset = earlier.reduce((sum, { lines }) => sum + lines, 0);
  const home: Home = earlier.length > 0 ? { ...source.home, before: earlier } : source.home;
  const { sections, mistakes } = readSections([...before.map((one) => one.text), text].join("\n"));
  const proxies = readProxies(sections);
  const read = proxies
    .filter(({ kind, line }) => kind !== "frontend" && line > offset)
    .map((proxy) => ({ proxy, ...readServers(proxy) }));
  const own = [...mistakes, ...read.flatMap((one) => one.mistakes)]
    .filter(({ line }) => line > offset)
    .map((mistake) => ({ ...mistake, line: mistake.line - offset }))
    .sort((a, b) => a.line - b.line);
  if (own.length > 0) return { source, pools: [], mistakes: own };
  const pools = read.flatMap(({ proxy, servers }): readonly Pool[] => {
    const used = servers.filter((server) => !isOn(server, "disabled"));
    if (isDisabled(proxy) || used.length === 0) return [];
    return [
      {
        home,
        proxy,
        servers: used.map((server) => ({ home, proxy, server })),
        listeners: listenersOf(proxy, proxies),
      },
    ];
  });
  return { source, pools, mistakes: [] };
}

/**
 * A configuration as it is read in a folder, one file after the other by name (management guide, `-f DIR`): on from the last one
 * that has a `global` section. One that has its own stands by itself.
 */
export function readAfter(source: HaproxySource, earlier: readonly HaproxySource[]): HaproxySource {
  if (hasGlobal(source) || earlier.length === 0) return source;
  const start = earlier.findLastIndex(hasGlobal);
  return { ...source, before: earlier.slice(Math.max(0, start)) };
}

function hasGlobal({ text }: HaproxySource): boolean {
  return /^[ \t]*global[ \t]*(?:#|\r?$)/m.test(text);
}

/**
 * The first mistake of a configuration, with its line; undefined for one that HAProxy would take, as far as it is read here. Never a
 * word of the text, which may be a password.
 */
export function haproxyMistake(source: HaproxySource): Mistake | undefined {
  return readHaproxy(source).mistakes[0];
}

/** The port that connections go to: the server's own, or the one that the clients come to and so many on. */
export function portOf({ listeners }: Pool, placed: PlacedServer): Knowable<number> {
  const { port } = placed.server;
  if (typeof port === "number" || isUnknown(port)) return port;
  const ports = new Set(listeners.map((one) => one.port));
  const [only] = ports;
  return ports.size === 1 && typeof only === "number"
    ? only + port.fromClients
    : unknownAt(serverPlace(placed).path);
}

/**
 * What checks a server: its own check, that of a server whose state it follows (`track`), or an agent, of which nothing can be told.
 * Undefined where nothing does; HAProxy then takes it to be up for good.
 */
export function healthCheckOf(placed: PlacedServer, { pools }: HaproxyConfig): HealthCheck | undefined {
  const seen = new Set<Server>();
  let follows = placed;
  while (!seen.has(follows.server)) {
    const { server, proxy } = follows;
    seen.add(server);
    if (isOn(server, "check")) return readHealthCheck(follows);
    if (!isOn(server, "track"))
      return isOn(server, "agent-check") ? unseenCheck(parameterPlace(follows, "agent-check")) : undefined;
    const word = server.parameters.get("track")?.values[0];
    const named = word && valueOf(word);
    const [name, backend = proxy.name] = typeof named === "string" ? named.split("/").reverse() : [];
    const next = pools
      .find((pool) => pool.proxy.name === backend)
      ?.servers.find((one) => one.server.name === name);
    if (!next) break;
    follows = next;
  }
  return unseenCheck(parameterPlace(follows, "track"));
}

/** `line 12` of a file, `data["haproxy.cfg"] line 12` of a ConfigMap: a line of the text itself. */
export function mistakePath({ home: { key } }: HaproxySource, { line }: Mistake): string {
  return `${key === undefined ? "" : `${key} `}line ${line}`;
}
