import type { Word } from "./words";

/** One setting of a server, from its own line or from a default-server. */
interface Parameter {
  /** False where `no-…` or `enabled` took it back. */
  readonly on: boolean;
  readonly values: readonly Word[];
  /** `server web1`, `default-server`: whose line it is on. */
  readonly holder: string;
  readonly line: number;
}

/** Settings by name; a later one has replaced an earlier. */
export type Parameters = ReadonlyMap<string, Parameter>;

/** Settings that a value follows; all others stand alone (manual 5.2 of 2.6 to 3.2, srv_kws in HAProxy's sources). */
const WITH_VALUE = new Set(
  `addr agent-addr agent-inter agent-port agent-send alpn ca-file cc check-alpn check-pool-conn-name check-proto check-sni ciphers
  ciphersuites client-sigalgs cookie crl-file crt curves downinter error-limit fall fastinter guid hash-key id idle-ping init-addr
  init-state inter ktls log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace npn observe on-error on-marked-down
  on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto proxy-v2-options quic-cc-algo redir
  resolve-net resolve-opts resolve-prefer resolvers rise shard sigalgs slowstart sni socks4 source ssl-max-ver ssl-min-ver
  tcp-md5sig tcp-ut track verify verifyhost weight ws`.split(/\s+/),
);

/** Settings that take others back, where it is not by `no-` before their name. */
const OPPOSITES: Readonly<Record<string, string>> = { enabled: "disabled" };

/** Variants of one setting. */
const SAME: Readonly<Record<string, string>> = {
  "send-proxy-v2-ssl": "send-proxy-v2",
  "send-proxy-v2-ssl-cn": "send-proxy-v2",
};

/** What may follow `source ADDRESS`. */
const OF_SOURCE = new Set(["usesrc", "interface"]);

/** Reads settings over those that are there already, as a server starts with what default-server has said before it. */
export function readParameters(
  words: readonly Word[],
  place: { readonly holder: string; readonly line: number },
  before: Parameters = new Map(),
): Parameters {
  const parameters = new Map(before);
  for (let at = 0; at < words.length; at += 1) {
    const written = words[at]?.text ?? "";
    const isNegated = written.startsWith("no-") || Object.hasOwn(OPPOSITES, written);
    const plain = isNegated ? (OPPOSITES[written] ?? written.slice("no-".length)) : written;
    const name = SAME[plain] ?? plain;
    const values: Word[] = [];
    if (!isNegated && (WITH_VALUE.has(name) || name.startsWith("set-proxy-v2-tlv-fmt"))) {
      const value = words[at + 1];
      if (value) values.push(value);
      at += 1;
    }
    if (name === "source") {
      while (OF_SOURCE.has(words[at + 1]?.text ?? "")) {
        values.push(...words.slice(at + 1, at + 3));
        at += 2;
      }
    }
    // Negation leaves a mark rather than a gap: a setting of the proxy may stand behind the server's.
    parameters.set(name, { on: !isNegated, values, ...place });
  }
  return parameters;
}
