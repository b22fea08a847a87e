import { acceptsStatus, isUnknown, type HealthCheck } from "@evenkeel/core/model";
import frozen from "../../../../test/oracle/frozen/haproxy.json";
import { healthCheckOf, portOf, readHaproxy, type HaproxyConfig, type Pool } from "./config";
import { numberOf } from "./servers";
import { isOn, settingOf, type PlacedServer } from "./setting";

// What the real HAProxy made of these configurations; `npm run haproxy -w @evenkeel/test-oracle` asks it anew.

const read = (text: string): HaproxyConfig =>
  readHaproxy({ home: { resource: { kind: "HAProxy", name: "haproxy.cfg" }, firstLine: 1 }, text });

describe("which servers are up, and what they weigh", () => {
  test.each(frozen.servers.map(({ name, ...rest }) => [name, rest] as const))(
    "%s",
    (_, { text, servers }) => {
      const config = read(text);
      expect(config.mistakes).toEqual([]);
      const ours = config.pools.flatMap((pool) =>
        pool.servers.map((placed) => ({
          server: `${pool.proxy.name}/${placed.server.name}`,
          status: statusOf(config, pool, placed),
          weight: settingOf(placed, "weight", numberOf, 1).value,
          backup: isOn(placed.server, "backup"),
        })),
      );
      expect(ours).toEqual(servers.filter(({ status }) => status !== "MAINT"));
    },
  );
});

/** What the responders of the experiment answer (test/oracle/haproxy). */
const ANSWERS: Readonly<Record<number, number>> = { 20080: 200, 20200: 200, 20503: 503 };

function statusOf(config: HaproxyConfig, pool: Pool, placed: PlacedServer): string {
  const check = healthCheckOf(placed, config);
  if (!check) return "no check";
  const port = check.port.value === "traffic-port" ? portOf(pool, placed) : check.port.value;
  if (isUnknown(port) || typeof port === "string") return "not known";
  return passes(check, ANSWERS[port]) ? "UP" : "DOWN";
}

function passes({ protocol, matcher, proxyProtocol }: HealthCheck, answer: number | undefined): boolean {
  if (answer === undefined || protocol.value === "HTTPS") return false;
  if (protocol.value === "TCP") return true;
  const accepted = matcher?.value;
  return (
    proxyProtocol?.value === "off" && typeof accepted === "string" && acceptsStatus(accepted, answer) === true
  );
}

test.each(frozen.texts.map(({ text, line }) => [JSON.stringify(text), text, line] as const))(
  "taken or refused: %s",
  (_, text, line) => {
    const [first] = read(text).mistakes;
    // HAProxy misses an .endif at the end of the file; what is to be mended is the .if.
    if (text.startsWith(".if 1\n")) expect([first?.line, line]).toEqual([1, 3]);
    else expect(first?.line ?? null).toBe(line);
    expect(JSON.stringify(first ?? {})).not.toContain("secret");
  },
);

test("the answers are there", () => {
  expect(frozen.servers.length).toBeGreaterThanOrEqual(40);
  expect(frozen.texts.length).toBeGreaterThanOrEqual(40);
});
