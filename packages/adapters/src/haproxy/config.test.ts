import { isUnknown, type HealthCheck, type Setting } from "@evenkeel/core/model";
import fc from "fast-check";
import {
  healthCheckOf,
  portOf,
  readAfter,
  readHaproxy,
  type HaproxyConfig,
  type HaproxySource,
} from "./config";
import { frontOf } from "./front";
import { isHaproxyConfig } from "./sections";
import { proxyProtocolOf } from "./setting";

const read = (text: string): HaproxyConfig =>
  readHaproxy({ home: { resource: { kind: "HAProxy", name: "haproxy.cfg" }, firstLine: 1 }, text });

/** The check of the one server of a text. */
function checkOf(...lines: readonly string[]): HealthCheck | undefined {
  const config = read(lines.join("\n"));
  expect(config.mistakes).toEqual([]);
  const [server] = config.pools.flatMap(({ servers }) => servers);
  if (!server) throw new Error("no server");
  return healthCheckOf(server, config);
}

const values = (check: HealthCheck | undefined) =>
  Object.fromEntries(Object.entries(check ?? {}).map(([key, setting]) => [key, setting?.value]));

describe("a check, by the manual", () => {
  test.each<[string, readonly string[], object]>([
    [
      "5.2: inter 2000 ms, rise 2, fall 3",
      ["server s 192.0.2.1:80 check"],
      {
        protocol: "TCP",
        port: "traffic-port",
        intervalSeconds: 2,
        timeoutSeconds: 2,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    ],
    [
      "2.5: times with units, and milliseconds without",
      ["server s 192.0.2.1:80 check inter 1m fastinter 500 rise 5 fall 1"],
      { intervalSeconds: 60, fastIntervalSeconds: 0.5, healthyThreshold: 5, unhealthyThreshold: 1 },
    ],
    [
      "timeout check bounds an answer, else inter does",
      ["timeout check 300ms", "server s 192.0.2.1:80 check inter 10s"],
      { intervalSeconds: 10, timeoutSeconds: 0.3 },
    ],
    [
      "option httpchk: / and 2xx, 3xx",
      ["option httpchk", "server s 192.0.2.1:80 check"],
      { protocol: "HTTP", path: "/", matcher: "200-399", proxyProtocol: "off" },
    ],
    [
      "option httpchk METHOD URI VERSION",
      ["option httpchk GET /healthz HTTP/1.1", "server s 192.0.2.1:80 check port 31000"],
      { path: "/healthz", port: 31000 },
    ],
    [
      "http-check send over the option",
      ["option httpchk GET /a", "http-check send meth HEAD uri /b", "server s 192.0.2.1:80 check"],
      { path: "/b" },
    ],
    [
      "http-check expect rstatus",
      ["option httpchk", "http-check expect rstatus ^(2|30[1-3])", "server s 192.0.2.1:80 check"],
      { matcher: "200-299,301-303" },
    ],
    [
      "http-check expect with what may stand before the match",
      [
        "option httpchk",
        "http-check expect min-recv 4 comment none ! status 500-599",
        "server s 192.0.2.1:80 check",
      ],
      { matcher: "100-499,600-999" },
    ],
  ])("%s", (_, lines, wanted) => {
    expect(values(checkOf("listen web", ...lines))).toMatchObject(wanted);
  });

  test.each<[string, readonly string[], keyof HealthCheck]>([
    ["the answer of a database", ["option mysql-check", "server s 192.0.2.1:80 check"], "protocol"],
    [
      "what tcp-check expects",
      [
        "option tcp-check",
        "tcp-check send PING",
        "tcp-check expect string PONG",
        "server s 192.0.2.1:80 check",
      ],
      "protocol",
    ],
    [
      "a body that is expected",
      ["option httpchk", "http-check expect string ok", "server s 192.0.2.1:80 check"],
      "matcher",
    ],
    [
      "an expression that is more than digits",
      ["option httpchk", "http-check expect rstatus ((.{999}){999}){999}", "server s 192.0.2.1:80 check"],
      "matcher",
    ],
    [
      "an expression that is none",
      ["option httpchk", "http-check expect rstatus (2", "server s 192.0.2.1:80 check"],
      "matcher",
    ],
    ["a variable for the port", ['server s 192.0.2.1:80 check port "$PORT"'], "port"],
    ["another machine that is asked", ["server s 192.0.2.1:80 check addr 192.0.2.9 port 80"], "port"],
    ["an agent", ["server s 192.0.2.1:80 agent-check agent-port 99"], "protocol"],
    ["a server that is followed and not there", ["server s 192.0.2.1:80 track other/s"], "protocol"],
    [
      "two servers that follow each other",
      ["server s 192.0.2.1:80 track t", "server t 192.0.2.2:80 track s"],
      "port",
    ],
    [
      "an option that a condition decides about",
      [".if defined(HTTP)", "option httpchk", ".endif", "server s 192.0.2.1:80 check"],
      "protocol",
    ],
  ])("not known, and never taken for a default: %s", (_, lines, key) => {
    expect(isUnknown(checkOf("listen web", ...lines)?.[key]?.value)).toBe(true);
  });
});

describe("the port of a server", () => {
  const port = (...lines: readonly string[]) => {
    const [pool] = read(lines.join("\n")).pools;
    const [server] = pool?.servers ?? [];
    return pool && server && portOf(pool, server);
  };
  test.each<[string, readonly string[], unknown]>([
    ["its own", ["listen web", "bind :80", "server s 192.0.2.1:30080"], 30080],
    ["that of the clients", ["listen web", "bind :30080", "server s 192.0.2.1"], 30080],
    [
      "one away from it",
      ["frontend f", "bind :80", "default_backend b", "backend b", "server s 192.0.2.1:+30000"],
      30080,
    ],
    ["behind a name", ["listen web", "bind :80", 'server s "${NODE}:30080"'], 30080],
  ])("%s", (_, lines, wanted) => {
    expect(port(...lines)).toBe(wanted);
  });
  test.each<[string, readonly string[]]>([
    ["one of several", ["listen web", "bind :80,:81", "server s 192.0.2.1"]],
    ["a variable", ["listen web", "bind :80", 'server s "192.0.2.1:$PORT"']],
    ["nobody's", ["backend web", "server s 192.0.2.1"]],
  ])("not known: %s", (_, lines) => {
    expect(isUnknown(port(...lines))).toBe(true);
  });
});

describe("a folder of files, one read after the other", () => {
  const part = (name: string, ...lines: readonly string[]): HaproxySource => ({
    home: { resource: { kind: "HAProxy", name }, firstLine: 1 },
    text: `${lines.join("\n")}\n`,
  });
  const inOrder = (...parts: readonly HaproxySource[]): readonly HaproxyConfig[] =>
    parts.map((one, index) => readHaproxy(readAfter(one, parts.slice(0, index))));
  const checks = ({ pools, ...config }: HaproxyConfig) =>
    pools.flatMap(({ servers }) => servers.map((server) => healthCheckOf(server, { ...config, pools })));

  const base = part("00-base.cfg", "global", "defaults http", " option httpchk");
  const web = part("20-web.cfg", "listen web", " server s 192.0.2.1:80 check");

  test("defaults hold on, and a setting knows the file that it is in", () => {
    const [, own] = inOrder(base, web).map(checks);
    expect(own?.[0]?.protocol).toMatchObject({
      value: "HTTP",
      at: { resource: { name: "00-base.cfg" }, path: "listen web option httpchk", line: 3 },
    });
    expect(own?.[0]?.port.at).toMatchObject({ resource: { name: "20-web.cfg" }, line: 2 });
  });

  test("each has its own pools and its own mistakes", () => {
    const broken = part("10-api.cfg", "listen api", ' server "s 192.0.2.1:81');
    const named = part(
      "30-more.cfg",
      "backend more from http",
      " server s 192.0.2.1:82",
      "backend x from nobody",
    );
    const configs = inOrder(base, broken, web, named);
    expect(configs.map(({ pools }) => pools.map(({ proxy }) => proxy.name))).toEqual([[], [], ["web"], []]);
    expect(configs.map(({ mistakes }) => mistakes.map(({ line }) => line))).toEqual([[], [2], [], [3]]);
  });

  test("what has a global section of its own stands by itself", () => {
    const other = part("15-other.cfg", "global # anew", "listen web", " server s 192.0.2.1:80 check");
    const [, ...own] = inOrder(base, other, web).map(checks);
    expect(own.map(([check]) => check?.protocol.value)).toEqual(["TCP", "TCP"]);
  });
});

describe("what is meant for HAProxy", () => {
  test.each<[string, boolean]>([
    ["global\n daemon\nlisten web\n", true],
    ["# a comment\n\n\tbackend web # here\n", true],
    [".if defined(X)\nfrontend f\n.endif\n", true],
    ["defaults\n", true],
    ["[metadata]\nname = defaults\n", false],
    ["tickTime=2000\n", false],
    ["define host {\n}\n", false],
    ["global:\n  scrape_interval: 15s\nbackend: x\n", false],
    ["cache\n", false],
    ["", false],
  ])("%j: %s", (text, wanted) => {
    expect(isHaproxyConfig(text)).toBe(wanted);
  });
});

const LINES = [
  "global",
  "defaults",
  "defaults base",
  "defaults more from base",
  "listen web",
  "backend web from base",
  "frontend in",
  "userlist people",
  " user one password hunter2",
  " bind :80 accept-proxy",
  " bind 192.0.2.9:443,:8000-8010 ssl",
  " mode http",
  " option httpchk GET /healthz",
  " option tcp-check",
  " no option allbackups",
  " http-check expect ! rstatus ^5",
  " http-check connect port 31000",
  " tcp-check connect",
  " default-server check port 31000 inter 1s",
  " server a 192.0.2.1:30080 send-proxy-v2 weight 3",
  ' server b "$NODE:30080" track a',
  " server c [2001:db8::1]:30080 check source 0.0.0.0 usesrc clientip",
  " server-template d 3 node.example.com:30080 backup",
  " default_backend web",
  " use_backend %[path] if TRUE",
  " source 0.0.0.0 usesrc client",
  ".if defined(X)",
  ".else",
  ".endif",
  "# evenkeel.io/service: shop/web",
];

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LINES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...LINES), fc.string({ maxLength: 8 })).map(([a, b]) => `${a} ${b}`),
  },
);

test("whatever the text, it is read, and nothing is said of another line or of a password", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const text = lines.join("\n");
      const config = read(text);
      const [mistake] = config.mistakes;
      if (mistake) expect(mistake.line).toBeLessThanOrEqual(text.split("\n").length);
      for (const pool of config.pools) {
        const [first, ...others] = pool.servers;
        if (!first) throw new Error("a pool without servers");
        const behind = { servicePort: 80, targets: "node", targetPort: portOf(pool, first) } as const;
        const front = frontOf(config, pool, [first, ...others], behind, []);
        expect(front.members).toHaveLength(pool.servers.length);
      }
      expect(JSON.stringify([mistake, config.mistakes])).not.toContain("hunter2");
    }),
    { numRuns: 1_000 },
  );
});

test("every setting that somebody wrote is on the line that it names", () => {
  const noise = fc.array(fc.constantFrom("", "  # port check inter", "\t", " option tcplog"), {
    maxLength: 3,
  });
  const parts = [
    "defaults",
    " option httpchk GET /healthz",
    "backend web",
    " http-check expect status 200",
    " default-server check port 31000 inter 1s",
    " server a 192.0.2.1:30080 fall 4 send-proxy",
  ];
  fc.assert(
    fc.property(fc.tuple(...parts.map(() => noise)), (gaps) => {
      const lines = parts.flatMap((part, index) => [part, ...(gaps[index] ?? [])]);
      const config = read(lines.join("\n"));
      const [server] = config.pools.flatMap(({ servers }) => servers);
      if (!server) throw new Error("no server");
      const settings: readonly (Setting<unknown> | undefined)[] = [
        ...Object.values(healthCheckOf(server, config) ?? {}),
        proxyProtocolOf(server),
      ];
      const written = settings.flatMap((one) => (one?.by === "given" ? [one.at] : []));
      expect(written.length).toBeGreaterThanOrEqual(7);
      for (const { path, line } of written) {
        const keyword = path.split(" ").at(-1) ?? "";
        expect(lines[(line ?? 0) - 1]?.split("#")[0]).toContain(keyword);
      }
    }),
  );
});
