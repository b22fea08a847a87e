// Puts the configurations of cases.mjs to the real HAProxy and holds the frozen answers against it; `--write` freezes them anew.
// Runs on loopback alone, with processes of its own that it ends by their id.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SERVERS, TEXTS } from "./cases.mjs";

const FROZEN = fileURLToPath(new URL("../frozen/haproxy.json", import.meta.url));
/** Checks run every two seconds, and a server goes down with the first that fails after the start. */
const SETTLE_MS = 6_000;

const version = versionOf();
if (version === undefined) {
  console.log("skipped: no haproxy here (packages.sh installs Debian's)");
  process.exit(process.env.CI ? 1 : 0);
}
const folder = mkdtempSync(join(tmpdir(), "evenkeel-haproxy-"));
const responders = await Promise.all([
  responder(20_080, 200),
  responder(20_200, 200),
  responder(20_503, 503),
]);
const children = [];
try {
  const servers = await Promise.all(
    SERVERS.map(async ([name, text], index) => ({
      name,
      text: `${text}\n`,
      servers: await serversOf(`${text}\n`, index),
    })),
  );
  const texts = TEXTS.map((text) => ({ text, line: refusedAt(text) }));
  const answers = `${JSON.stringify({ haproxy: version, servers, texts }, null, 2)}\n`;
  if (process.argv.includes("--write")) writeFileSync(FROZEN, answers);
  const same =
    readFileSync(FROZEN, "utf8").replace(/"haproxy": ".*"/, "") === answers.replace(/"haproxy": ".*"/, "");
  console.log(`haproxy ${version}: ${servers.length} configurations run, ${texts.length} read`);
  console.log(same ? "as frozen" : "other answers than the frozen ones (--write, then git diff)");
  process.exitCode = same ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGKILL");
  for (const server of responders) server.close();
  rmSync(folder, { recursive: true });
}

function versionOf() {
  const { stdout } = spawnSync("haproxy", ["-v"], { encoding: "utf8" });
  return /version (\S+)/.exec(stdout ?? "")?.[1];
}

/** Answers every request alike; Node refuses what is no HTTP, a PROXY header for one, as kube-proxy does. */
function responder(port, status) {
  const server = createServer((_, response) => response.writeHead(status).end());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Line of the first complaint; null for a text that HAProxy takes. */
function refusedAt(text) {
  const file = join(folder, "text.cfg");
  writeFileSync(file, text);
  const { status, stderr } = spawnSync("haproxy", ["-c", "-f", file], { encoding: "utf8" });
  // 2: nothing wrong, and nothing that listens.
  if (status === 0 || status === 2) return null;
  return Number(/\[ALERT\].*?\[[^\]]*:(\d+)\]/.exec(stderr)?.[1] ?? Number.NaN);
}

/** State, weight and role of each server after its first checks. */
async function serversOf(text, index) {
  const socket = join(folder, `${index}.sock`);
  const base = join(folder, `${index}.base.cfg`);
  const file = join(folder, `${index}.cfg`);
  writeFileSync(
    base,
    `global\n stats socket ${socket}\n spread-checks 0\nfrontend keep\n bind 127.0.0.1:${20_600 + index}\n`,
  );
  writeFileSync(file, text);
  const child = spawn("haproxy", ["-db", "-q", "-f", base, "-f", file], { stdio: "ignore" });
  children.push(child);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (child.exitCode !== null)
    throw new Error(`haproxy does not start with: ${text}\n${complaint(base, file)}`);
  const [head, ...rows] = (await ask(socket, "show stat\n"))
    .replace(/^# /, "")
    .trim()
    .split("\n")
    .map((row) => row.split(","));
  const column = (row, name) => row[head.indexOf(name)];
  return rows
    .filter((row) => !["FRONTEND", "BACKEND"].includes(column(row, "svname")))
    .map((row) => ({
      server: `${column(row, "pxname")}/${column(row, "svname")}`,
      status: column(row, "status").replace(/ \d+\/\d+$| \(via .*\)$/, ""),
      weight: Number(column(row, "weight")),
      backup: column(row, "bck") === "1",
    }));
}

function complaint(...files) {
  return spawnSync("haproxy", ["-c", ...files.flatMap((file) => ["-f", file])], { encoding: "utf8" }).stderr;
}

function ask(socket, question) {
  return new Promise((resolve, reject) => {
    let answer = "";
    connect(socket)
      .on("data", (chunk) => (answer += chunk))
      .on("end", () => resolve(answer))
      .on("error", reject)
      .end(question);
  });
}
