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
/** A check that a busy machine has spoilt is made good by the next two, two seconds apart: what holds for so long is the answer. */
const STEADY_MS = 8_000;
const LONGEST_MS = 90_000;

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
  const answers = { haproxy: version, servers, texts };
  if (process.argv.includes("--write")) writeFileSync(FROZEN, `${JSON.stringify(answers, null, 2)}\n`);
  const frozen = JSON.parse(readFileSync(FROZEN, "utf8"));
  const others = ["servers", "texts"].flatMap((kind) => unlike(answers[kind], frozen[kind]));
  console.log(`haproxy ${version}: ${servers.length} configurations run, ${texts.length} read`);
  console.log(
    others.length === 0 ? "as frozen" : ["other answers than the frozen ones:", ...others].join("\n"),
  );
  process.exitCode = others.length === 0 ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGKILL");
  for (const server of responders) server.close();
  rmSync(folder, { recursive: true });
}

/** What is answered now where something else was frozen, or nothing. */
function unlike(now, frozen) {
  const known = frozen.map((one) => JSON.stringify(one));
  return now.map((one) => JSON.stringify(one)).filter((one) => !known.includes(one));
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
  const ends = Date.now() + LONGEST_MS;
  let last = "";
  let since = Date.now();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (child.exitCode !== null)
      throw new Error(`haproxy does not start with: ${text}\n${complaint(base, file)}`);
    const rows = rowsOf(await ask(socket, "show stat\n").catch(() => ""));
    const seen = rows.length > 0 && rows.every(isSettled) ? JSON.stringify(rows.map(told)) : "";
    if (seen === "" || seen !== last) since = Date.now();
    else if (Date.now() - since > STEADY_MS) return rows.map(told);
    last = seen;
    if (Date.now() > ends) throw new Error(`servers do not settle with: ${text}`);
  }
}

/** The servers among the rows of `show stat`. */
function rowsOf(csv) {
  const [head = [], ...rows] = csv
    .replace(/^# /, "")
    .trim()
    .split("\n")
    .map((row) => row.split(","));
  return rows
    .map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])))
    .filter(({ svname }) => svname !== "FRONTEND" && svname !== "BACKEND");
}

/** Before its first check a server is half up (`UP 1/3`), and `INI`. */
function isSettled({ status, check_status }) {
  return !/ \d+\/\d+/.test(status) && !/^(INI|\*)/.test(check_status);
}

function told({ pxname, svname, status, weight, bck }) {
  return {
    server: `${pxname}/${svname}`,
    status: status.replace(/ \(via .*\)$/, ""),
    weight: Number(weight),
    backup: bck === "1",
  };
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
