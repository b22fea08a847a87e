import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type AttributeValue,
  type Front,
  type FrontMember,
  type HealthCheck,
  type Knowable,
  type Node,
  type Setting,
  type TargetKind,
} from "@evenkeel/core/model";
import { healthCheckOf, type HaproxyConfig, type Pool } from "./config";
import { unseenCheck } from "./health-check";
import { isTcp, lastOf, optionOf, type Proxy } from "./proxies";
import { numberOf, valueOf } from "./servers";
import {
  isOn,
  parameterPlace,
  placeIn,
  proxyProtocolOf,
  serverPlace,
  settingOf,
  statementPlace,
  type PlacedServer,
} from "./setting";
import type { Statement } from "./sections";
import type { Word } from "./words";

/** What was found to be behind some servers of a pool. */
export interface FrontBehind {
  readonly servicePort: Knowable<number>;
  readonly targets: TargetKind;
  readonly targetPort: Knowable<number>;
}

/** The front that servers of one pool make before one port of a Service. */
export function frontOf(
  config: HaproxyConfig,
  pool: Pool,
  servers: readonly [PlacedServer, ...PlacedServer[]],
  { servicePort, targets, targetPort }: FrontBehind,
  nodes: readonly Node[],
): Front {
  const [first] = servers;
  const { home, proxy, listeners } = pool;
  const at = serverPlace(first);
  const members = servers.map((server) => memberOf(server, config, nodes));
  // Backup servers have nothing to say while others serve.
  const serving = members.some(({ backup }) => !backup) ? members.filter(({ backup }) => !backup) : members;
  const [listener] = listeners;
  const healthCheck = agreedCheck(serving);
  return {
    balancer: "haproxy",
    controller: { name: "haproxy" },
    resource: home.resource,
    related: [],
    servicePort,
    ...(listener
      ? {
          listener: {
            protocol: modeOf(pool),
            port: given(listener.port, statementPlace({ home, proxy: listener.proxy }, listener.statement)),
          },
        }
      : {}),
    targets: given(targets, at),
    targetPort: given(targetPort, at),
    ...(healthCheck ? { healthCheck } : {}),
    proxyProtocol: agreed(serving.map((one) => one.proxyProtocol)),
    preservesClientAddress: agreed(
      (servers as readonly PlacedServer[]).map((server) => transparency(server)),
    ),
    attributes: attributesOf(pool, proxy),
    members,
  };
}

function memberOf(placed: PlacedServer, config: HaproxyConfig, nodes: readonly Node[]): FrontMember {
  const { address } = placed.server;
  const at = serverPlace(placed);
  const node = nodes.find(
    ({ name, addresses = [] }) => name === address || addresses.some((one) => one.address === address),
  );
  const healthCheck = healthCheckOf(placed, config);
  return {
    name: placed.server.name,
    at,
    address: given<string>(address ?? unknownAt(at.path), at),
    ...(node ? { node: node.name } : {}),
    weight: settingOf(placed, "weight", numberOf, 1),
    backup: isOn(placed.server, "backup"),
    ...(healthCheck ? { healthCheck } : {}),
    proxyProtocol: proxyProtocolOf(placed),
  };
}

/** What all say alike; not known as one where they differ. */
function agreed<T>(settings: readonly Setting<T>[]): Setting<T> {
  const [first, ...others] = settings;
  if (!first) throw new RangeError("no setting to agree on");
  const other = others.find(({ value }) => JSON.stringify(value) !== JSON.stringify(first.value));
  return other && !isUnknown(first.value) ? { ...other, value: unknownAt(other.at.path) } : first;
}

/** The check of the servers that are checked alike; undefined where none is. */
function agreedCheck(members: readonly FrontMember[]): HealthCheck | undefined {
  const checks = members.flatMap(({ healthCheck }) => healthCheck ?? []);
  const [first] = checks;
  if (!first) return undefined;
  const unchecked = members.find(({ healthCheck }) => !healthCheck);
  if (unchecked) return unseenCheck(unchecked.at);
  const has = (key: "path" | "matcher" | "fastIntervalSeconds" | "proxyProtocol"): boolean =>
    checks.every((check) => check[key] !== undefined);
  return {
    protocol: agreed(checks.map(({ protocol }) => protocol)),
    port: agreed(checks.map(({ port }) => port)),
    intervalSeconds: agreed(checks.map(({ intervalSeconds }) => intervalSeconds)),
    timeoutSeconds: agreed(checks.map(({ timeoutSeconds }) => timeoutSeconds)),
    healthyThreshold: agreed(checks.map(({ healthyThreshold }) => healthyThreshold)),
    unhealthyThreshold: agreed(checks.map(({ unhealthyThreshold }) => unhealthyThreshold)),
    ...(has("path") ? { path: agreed(checks.flatMap(({ path }) => path ?? [])) } : {}),
    ...(has("matcher") ? { matcher: agreed(checks.flatMap(({ matcher }) => matcher ?? [])) } : {}),
    ...(has("fastIntervalSeconds")
      ? {
          fastIntervalSeconds: agreed(checks.flatMap(({ fastIntervalSeconds }) => fastIntervalSeconds ?? [])),
        }
      : {}),
    ...(has("proxyProtocol")
      ? { proxyProtocol: agreed(checks.flatMap(({ proxyProtocol }) => proxyProtocol ?? [])) }
      : {}),
  };
}

/** `source ADDRESS usesrc client|clientip|hdr_ip(…)`: HAProxy sends with the client's own address. */
function transparency(placed: PlacedServer): Setting<boolean> {
  const own = placed.server.parameters.get("source");
  if (own?.on) return given(usesClient(own.values.slice(1)), parameterPlace(placed, "source"));
  const source = lastOf(placed.proxy, "source");
  return source
    ? given(usesClient(source.words.slice(2)), statementPlace(placed, source))
    : byDefault(false, parameterPlace(placed, "source"));
}

function usesClient(words: readonly Word[]): boolean {
  const at = words.findIndex(({ text }) => text === "usesrc");
  return at !== -1 && /^(?:client|clientip|hdr_ip\()/.test(words[at + 1]?.text ?? "");
}

function modeOf({ home, proxy }: Pool): Setting<string> {
  const mode = lastOf(proxy, "mode");
  const word = mode?.words[1];
  if (mode && word) return given(valueOf(word), statementPlace({ home, proxy }, mode));
  return byDefault("tcp", placeIn(home, `${proxy.kind} ${proxy.name} mode`, proxy.line));
}

/** Settings that only HAProxy has, by its own names. */
function attributesOf({ home, listeners, proxy: own }: Pool, proxy: Proxy): Front["attributes"] {
  const place = (statement: Statement | undefined, path: string) =>
    statement
      ? statementPlace({ home, proxy: own }, statement)
      : placeIn(home, `${own.kind} ${own.name} ${path}`, own.line);
  const balance = lastOf(proxy, "balance");
  const all = optionOf(proxy, "allbackups");
  const attributes: Record<string, Setting<AttributeValue>> = {
    balance: balance?.words[1]
      ? given<AttributeValue>(valueOf(balance.words[1]), place(balance, "balance"))
      : byDefault<AttributeValue>("roundrobin", place(undefined, "balance")),
    "option allbackups": all
      ? given<AttributeValue>(!all.negated, place(all, ""))
      : byDefault<AttributeValue>(false, place(undefined, "option allbackups")),
  };
  // The header is one of HTTP, added by the frontend or the backend that asks for it.
  const forwarders = isTcp(proxy) ? [] : [proxy, ...listeners.map((one) => one.proxy)];
  const forwards = forwarders.map((one) => optionOf(one, "forwardfor")).find((one) => one !== undefined);
  attributes["option forwardfor"] = forwards
    ? given<AttributeValue>(true, place(forwards, ""))
    : byDefault<AttributeValue>(false, place(undefined, "option forwardfor"));
  return attributes;
}
