import { unknownAt, type Knowable } from "@evenkeel/core/model";
import { readParameters, type Parameters } from "./parameters";
import { allStatements, type Proxy } from "./proxies";
import type { Mistake, Statement } from "./sections";
import { VARIABLE, type Word } from "./words";

/** Where a server listens: a port, the one that the client came to, or one so many away from it. */
type ServerPort = Knowable<number> | { readonly fromClients: number };

/** One server line, or one server-template, which stands for many of the same address. */
export interface Server {
  readonly name: string;
  readonly line: number;
  /** Undefined for a socket, and for the address that the client came to. */
  readonly address?: Knowable<string>;
  readonly port: ServerPort;
  readonly parameters: Parameters;
}

export interface Servers {
  readonly servers: readonly Server[];
  readonly mistakes: readonly Mistake[];
}

/**
 * The servers of a proxy in order, each with the settings of the default-server lines before it (`src/server.c`: a server copies what
 * default-server has come to when its line is read, so a later one says nothing of it).
 */
export function readServers(proxy: Proxy): Servers {
  const servers: Server[] = [];
  const mistakes: Mistake[] = [];
  let defaults: Parameters = new Map();
  for (const statement of allStatements(proxy)) {
    const { keyword, words, line } = statement;
    if (keyword === "default-server")
      defaults = readParameters(words.slice(1), { holder: "default-server", line }, defaults);
    if (keyword !== "server" && keyword !== "server-template") continue;
    const server = readServer(statement, defaults);
    if ("seen" in server) mistakes.push(server);
    else servers.push(server);
  }
  return { servers, mistakes };
}

function readServer({ keyword, words, line }: Statement, defaults: Parameters): Server | Mistake {
  const template = keyword === "server-template";
  const [name, address] = template ? [words[1], words[3]] : [words[1], words[2]];
  if (!name || !address || address.text === "")
    return {
      line,
      seen: `a ${keyword} without ${name ? "an address" : "a name"}`,
      wanted: template ? "server-template PREFIX COUNT ADDRESS:PORT" : "server NAME ADDRESS:PORT",
    };
  if (words.at(-1)?.text === "\\")
    return { line, seen: "a backslash at the end", wanted: "all of it on one line: HAProxy continues none" };
  const read = readAddress(address);
  if (!read) return { line, seen: "a port that is none", wanted: "ADDRESS:PORT with a port from 1 to 65535" };
  const place = { holder: `${keyword} ${shown(name)}`, line };
  return {
    name: shown(name),
    line,
    ...read,
    parameters: readParameters(words.slice(template ? 4 : 3), place, defaults),
  };
}

/** A name for people; a variable by its own. */
function shown({ text, variables }: Word): string {
  return variables.reduce((name, variable) => name.replace(VARIABLE, `$${variable}`), text);
}

/** A word as a value: not known where a variable has a part in it. */
export function valueOf({ text, variables }: Word): Knowable<string> {
  return text.includes(VARIABLE) ? unknownAt(`$${variables[0] ?? ""}`) : text;
}

/** The word after a keyword as a whole number, if it is one. */
export function numberOf(word: Word | undefined): Knowable<number> | undefined {
  const value = word && valueOf(word);
  if (typeof value !== "string") return value;
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

const SOCKET = /^(?:unix|uxst|abns|abnsz|fd|sockpair|rhttp|rev)@|^\//;
const FAMILY = /^[a-z0-9+]+@/;

/**
 * `ADDRESS`, `ADDRESS:PORT`, `[IPV6]:PORT`, `ipv4@…`, `:+N` (`src/tools.c` str2sa_range): what stands behind the last colon is the
 * port, of a bare IPv6 address too. Undefined where the port is none.
 */
export function readAddress(word: Word): Pick<Server, "address" | "port"> | undefined {
  if (SOCKET.test(word.text)) return { port: { fromClients: 0 } };
  const text = word.text.replace(FAMILY, "");
  const [, host = "", port] = /^(\[[^\]]*\]|.*?)(?::([^:\]]*))?$/s.exec(text) ?? [];
  const bare = host.replace(/^\[(.*)\]$/s, "$1");
  const of = (name: string): Knowable<string> => valueOf({ text: name, variables: word.variables });
  const own = bare === "" || bare === "*" ? {} : { address: of(bare) };
  if (port === undefined || port === "") return { ...own, port: { fromClients: 0 } };
  if (port.includes(VARIABLE)) return { ...own, port: unknownAt(`$${word.variables.at(-1) ?? ""}`) };
  if (!/^[+-]?\d{1,9}$/.test(port) || Math.abs(Number(port)) > 65_535) return undefined;
  return { ...own, port: /^[+-]/.test(port) || port === "0" ? { fromClients: Number(port) } : Number(port) };
}
