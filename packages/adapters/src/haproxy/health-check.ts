import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type HealthCheck,
  type HealthCheckPort,
  type HealthCheckProtocol,
  type Place,
  type Setting,
} from "@evenkeel/core/model";
import { checkKindOf, type CheckKind } from "./check-kind";
import { connectsOf, matcherOf, pathOf, type Connect } from "./http-check";
import { allStatements } from "./proxies";
import { numberOf, valueOf } from "./servers";
import {
  duration,
  isOn,
  parameterPlace,
  proxyProtocolOf,
  settingOf,
  statementPlace,
  type PlacedServer,
} from "./setting";

/** HAProxy's own, where nobody says otherwise (manual 5.2: inter, rise, fall). */
const DEFAULTS = { intervalSeconds: 2, rise: 2, fall: 3 } as const;

/** The check of a server that checks for itself: `check` on its line, or in a default-server before it. */
export function readHealthCheck(placed: PlacedServer): HealthCheck {
  const kind = checkKindOf(placed.proxy);
  const connects = connectsOf(kind.rules);
  return {
    protocol: protocolOf(placed, kind, connects),
    port: kind.name === "external-check" ? unseenPort(placed, kind) : portOf(placed, connects),
    ...httpOf(placed, kind),
    ...timingsOf(placed),
    proxyProtocol: headerOf(placed, connects),
  };
}

/** A check of which nothing can be told: an agent's, or that of another server which is not there. */
export function unseenCheck(at: Place): HealthCheck {
  const open = <T>(): Setting<T> => given<T>(unknownAt(at.path), at);
  return {
    protocol: open(),
    port: open(),
    intervalSeconds: open(),
    timeoutSeconds: open(),
    healthyThreshold: open(),
    unhealthyThreshold: open(),
  };
}

/**
 * `option httpchk` asks over HTTP; without an option, and with tcp-check rules that expect nothing, a check only connects. What the
 * other kinds read cannot be told apart here. TLS comes by `check-ssl`, or with the traffic's own (`src/check.c` init_srv_check).
 */
function protocolOf(
  placed: PlacedServer,
  { name, option, rules, certain }: CheckKind,
  connects: readonly Connect[],
): Setting<HealthCheckProtocol> {
  const tls = isTls(placed, connects);
  // A handshake asks for TLS, as HTTPS does: a port that lacks it fails either.
  if (option === undefined) return byDefault(tls ? "HTTPS" : "TCP", parameterPlace(placed, "check"));
  const at = statementPlace(placed, option);
  const reads = rules.some(({ words }) => words[1]?.text === "expect");
  if (certain && name === "httpchk") return given(tls ? "HTTPS" : "HTTP", at);
  if (certain && name === "tcp-check" && !reads) return given(tls ? "HTTPS" : "TCP", at);
  return given<HealthCheckProtocol>(unknownAt(at.path), at);
}

function httpOf(
  placed: PlacedServer,
  { name, option, rules }: CheckKind,
): Pick<HealthCheck, "path" | "matcher"> {
  if (name !== "httpchk" || option === undefined) return {};
  const expectation = rules.find(({ words }) => words[1]?.text === "expect");
  const matcher = matcherOf(rules);
  return {
    path: given(pathOf(rules, option), statementPlace(placed, option)),
    matcher: expectation
      ? given(matcher, statementPlace(placed, expectation))
      : byDefault(matcher, statementPlace(placed, option)),
  };
}

/** Whether the check has a port or an address of its own; TLS and the PROXY header of the traffic then do not go with it. */
function isApart({ server }: PlacedServer): boolean {
  return isOn(server, "port") || isOn(server, "addr");
}

/** The one `connect` rule that says all of the connection by itself. */
function soleConnect(connects: readonly Connect[]): Connect | undefined {
  const [connect, ...others] = connects;
  return connect && others.length === 0 && !connect.likeServer ? connect : undefined;
}

function isTls(placed: PlacedServer, connects: readonly Connect[]): boolean {
  const connect = soleConnect(connects);
  if (connect) return connect.tls;
  const { server } = placed;
  if (server.parameters.has("check-ssl")) return isOn(server, "check-ssl");
  return isOn(server, "ssl") && !isApart(placed);
}

function portOf(placed: PlacedServer, connects: readonly Connect[]): Setting<HealthCheckPort> {
  const [connect, ...others] = connects;
  if (connect && (connect.port !== undefined || connect.elsewhere || others.length > 0)) {
    const at = statementPlace(placed, connect.statement);
    const isPlain = connect.port !== undefined && !connect.elsewhere && others.length === 0;
    return given<HealthCheckPort>(isPlain ? connect.port : unknownAt(at.path), at);
  }
  const { server } = placed;
  if (isOn(server, "addr") && !asksServerItself(placed)) {
    const at = parameterPlace(placed, "addr");
    return given<HealthCheckPort>(unknownAt(at.path), at);
  }
  return settingOf<HealthCheckPort>(placed, "port", numberOf, "traffic-port");
}

/** A program of the user's own is given the server's address and asks what it likes (`option external-check`). */
function unseenPort(placed: PlacedServer, { option }: CheckKind): Setting<HealthCheckPort> {
  const at = option ? statementPlace(placed, option) : parameterPlace(placed, "check");
  return given<HealthCheckPort>(unknownAt(at.path), at);
}

function asksServerItself({ server: { address, parameters } }: PlacedServer): boolean {
  const word = parameters.get("addr")?.values[0];
  return word !== undefined && address !== undefined && !isUnknown(address) && valueOf(word) === address;
}

/** The header goes with checks where it goes with the traffic, unless the check has a port or an address of its own. */
function headerOf(placed: PlacedServer, connects: readonly Connect[]): HealthCheck["proxyProtocol"] {
  const traffic = proxyProtocolOf(placed);
  const version = traffic.value === "v2" ? "v2" : "v1";
  const connect = soleConnect(connects);
  if (connect)
    return given(connect.proxyProtocol ? version : "off", statementPlace(placed, connect.statement));
  const at = parameterPlace(placed, "check-send-proxy");
  if (isOn(placed.server, "check-send-proxy")) return given(version, at);
  return isApart(placed) ? byDefault("off", at) : traffic;
}

type Timings = Omit<HealthCheck, "protocol" | "port" | "path" | "matcher" | "proxyProtocol">;

/** `timeout check` bounds an answer; without it the interval does. */
function timingsOf(placed: PlacedServer): Timings {
  const interval = settingOf(placed, "inter", duration, DEFAULTS.intervalSeconds);
  const timeout = allStatements(placed.proxy).findLast(
    ({ keyword, words }) => keyword === "timeout" && words[1]?.text === "check",
  );
  const at = timeout && statementPlace(placed, timeout);
  return {
    intervalSeconds: interval,
    timeoutSeconds: at ? given(duration(timeout.words[2]) ?? unknownAt(at.path), at) : interval,
    healthyThreshold: settingOf(placed, "rise", numberOf, DEFAULTS.rise),
    unhealthyThreshold: settingOf(placed, "fall", numberOf, DEFAULTS.fall),
    ...(isOn(placed.server, "fastinter")
      ? { fastIntervalSeconds: settingOf(placed, "fastinter", duration, DEFAULTS.intervalSeconds) }
      : {}),
  };
}
