import {
  byDefault,
  given,
  unknownAt,
  type Knowable,
  type ObjectRef,
  type Place,
  type Setting,
} from "@evenkeel/core/model";
import { secondsOf } from "./duration";
import type { Proxy } from "./proxies";
import type { Statement } from "./sections";
import { valueOf, type Server } from "./servers";
import type { Word } from "./words";

/** A configuration in the object that has it: a file, or a key of a ConfigMap. */
export interface Home {
  readonly resource: ObjectRef;
  /** `data["haproxy.cfg"]`; absent for a file. */
  readonly key?: string;
  /** Line of the file on which the text starts; absent where its lines are no lines of a file. */
  readonly firstLine?: number;
  /** Texts that were read before it, as one with it: their lines come first. */
  readonly before?: readonly { readonly home: Home; readonly lines: number }[];
}

/** A server in its proxy, in its configuration. */
export interface PlacedServer {
  readonly home: Home;
  readonly proxy: Proxy;
  readonly server: Server;
}

/** `backend web server web1 port` in a file, `data["haproxy.cfg"] backend web server web1 port` in a ConfigMap. */
export function placeIn({ resource, key, firstLine, before = [] }: Home, path: string, line: number): Place {
  const [first, ...others] = before;
  if (first && line <= first.lines) return placeIn(first.home, path, line);
  if (first) return placeIn({ resource, key, firstLine, before: others }, path, line - first.lines);
  return {
    resource,
    path: key === undefined ? path : `${key} ${path}`,
    ...(firstLine === undefined ? {} : { line: firstLine + line - 1 }),
  };
}

/** A statement that holds for the server's proxy, also one of its defaults: `backend web option httpchk`. */
export function statementPlace(
  { home, proxy: { kind, name } }: Omit<PlacedServer, "server">,
  { words, line }: Pick<Statement, "words" | "line">,
): Place {
  const said = words.slice(0, 2).map(({ text }) => text);
  return placeIn(home, [kind, name, ...said].join(" "), line);
}

/** The server's own line: `backend web server web1`. */
export function serverPlace({ home, proxy: { kind, name }, server }: PlacedServer): Place {
  return placeIn(home, `${kind} ${name} server ${server.name}`, server.line);
}

/** A setting of the server where it is written, else on the server's own line: `backend web server web1 port`. */
export function parameterPlace(
  { home, proxy: { kind, name: proxy }, server }: PlacedServer,
  name: string,
): Place {
  const written = server.parameters.get(name);
  const { holder, line } = written ?? { holder: `server ${server.name}`, line: server.line };
  return placeIn(home, `${kind} ${proxy} ${holder} ${name}`, line);
}

export function isOn({ parameters }: Server, name: string): boolean {
  return parameters.get(name)?.on === true;
}

/** A setting with a value, or its default; unknown where a variable or nothing readable stands. */
export function settingOf<T>(
  placed: PlacedServer,
  name: string,
  read: (word: Word | undefined) => Knowable<T> | undefined,
  fallback: Knowable<T>,
): Setting<T> {
  const at = parameterPlace(placed, name);
  const written = placed.server.parameters.get(name);
  return written?.on ? given(read(written.values[0]) ?? unknownAt(at.path), at) : byDefault(fallback, at);
}

/** Seconds of a word, if it is a time. */
export function duration(word: Word | undefined): Knowable<number> | undefined {
  const value = word && valueOf(word);
  return typeof value === "string" ? secondsOf(value) : value;
}

/** The PROXY header that the server's traffic starts with; version 2 where both are asked for. */
export function proxyProtocolOf(placed: PlacedServer): Setting<"off" | "v1" | "v2"> {
  const { server } = placed;
  if (isOn(server, "send-proxy-v2")) return given("v2", parameterPlace(placed, "send-proxy-v2"));
  if (isOn(server, "send-proxy")) return given("v1", parameterPlace(placed, "send-proxy"));
  return byDefault("off", parameterPlace(placed, "send-proxy"));
}
