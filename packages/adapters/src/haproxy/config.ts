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

/** Reads a configuration; whatever the text, it returns. */
export function readHaproxy(source: HaproxySource): HaproxyConfig {
  const { sections, mistakes } = readSections(source.text);
  const proxies = readProxies(sections);
  const read = proxies
    .filter(({ kind }) => kind !== "frontend")
    .map((proxy) => ({ proxy, ...readServers(proxy) }));
  const all = [...mistakes, ...read.flatMap((one) => one.mistakes)].sort((a, b) => a.line - b.line);
  if (all.length > 0) return { source, pools: [], mistakes: all };
  const { home } = source;
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
 * The first mistake of a text that is meant for HAProxy, with its line; undefined for one that it would take, as far as it is read
 * here. Never a word of the text, which may be a password.
 */
export function haproxyMistake(text: string): Mistake | undefined {
  return readHaproxy({ home: { resource: { kind: "HAProxy", name: "" } }, text }).mistakes[0];
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
