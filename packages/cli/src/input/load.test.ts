import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

/** A NodePort Service that is Local, which rule `local-needs-load-balancer-type` finds on its own. */
const service = (name: string, namespace?: string): string =>
  [
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    `  name: ${name}`,
    ...(namespace ? [`  namespace: ${namespace}`] : []),
    "spec:",
    "  type: NodePort",
    "  externalTrafficPolicy: Local",
    "  selector: { app: web }",
    "  ports: [{ port: 80 }]",
    "",
  ].join("\n");
const RULE = "local-needs-load-balancer-type";

const files = folder({
  "dev/web.yaml": service("web", "shop"),
  "prod/web.yaml": `# the same Service\n${service("web", "shop")}`,
  "nons.yaml": service("web"),
  "other.yaml": service("other"),
  "list.json": JSON.stringify({
    apiVersion: "v1",
    kind: "ServiceList",
    items: [{ metadata: { name: "typed" }, spec: { type: "ClusterIP", ports: [{ port: 80 }] } }],
  }),
  "broken/a.yaml": "apiVersion: v1\nkind: [\n",
  "broken/b.yaml": service("web"),
  "broken/c.json": '{\n  // a comment\n  "compilerOptions": {}\n}\n',
  "broken/d.json": '{"name": "no manifest"}',
  "broken/e.yaml": "Resources: { Bucket: !GetAtt a.b }\n",
  "broken/f.yaml": "apiVersion: v1\n{{- if .Values.on }}\nkind: Service\n",
  "empty/readme.yaml": "just: text\n",
});
const at = (name: string): string => join(files.path, name);
afterAll(() => files.remove());

async function findings(...args: readonly string[]): Promise<readonly Told[]> {
  const { out } = await evenkeel(["check", ...args, "--format", "json"]);
  const { findings }: { findings: readonly Told[] } = JSON.parse(out);
  return findings.filter(({ rule }) => rule === RULE).map(({ rule, file, line }) => ({ rule, file, line }));
}

test("an object that names no namespace has its line", async () => {
  expect(await findings(at("nons.yaml"))).toEqual([{ rule: RULE, file: at("nons.yaml"), line: 6 }]);
});

test("one Service in two overlays is found in each file, on its line", async () => {
  expect(await findings(at("dev/web.yaml"), at("prod/web.yaml"))).toEqual([
    { rule: RULE, file: at("dev/web.yaml"), line: 7 },
    { rule: RULE, file: at("prod/web.yaml"), line: 8 },
  ]);
});

test("a file that is named twice, or reached through a link, is read once", async () => {
  const linked = folder({ "web.yaml": service("web") });
  symlinkSync(linked.path, join(linked.path, "again"));
  const web = join(linked.path, "web.yaml");
  const { out } = await evenkeel(["check", web, linked.path, web, "--with", web]);
  linked.remove();
  expect(out).toContain("1 Service checked: 1 mandatory violation");
});

describe("what is only joined with is not checked", () => {
  test.each<[string, readonly string[]]>([
    ["--with, without a namespace", ["--with", at("nons.yaml")]],
    ["--cluster", ["--cluster", at("nons.yaml")]],
    ["--with, of the same name as a Service that is checked", ["--with", at("prod/web.yaml")]],
  ])("%s", async (_, more) => {
    expect(await findings(at("dev/web.yaml"), ...more)).toEqual([
      { rule: RULE, file: at("dev/web.yaml"), line: 7 },
    ]);
  });
});

test("the entries of a typed list are read", async () => {
  expect((await evenkeel(["check", at("list.json")])).out).toContain("1 Service checked");
});

describe("a file that cannot be read", () => {
  test("in a folder does not hide the others; each is one line, and the exit code 2", async () => {
    const { code, out, err } = await evenkeel(["check", at("broken")]);
    expect(code).toBe(2);
    expect(out).toContain(RULE);
    expect(out).toContain("1 Service checked");
    expect(err.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^evenkeel: .*a\.yaml:3: cannot be read/),
      expect.stringMatching(/^evenkeel: .*f\.yaml:2: cannot be read.*it looks like a chart template/),
    ]);
  });

  test("and was named ends the command", async () => {
    expect(await evenkeel(["check", at("nons.yaml"), at("broken/a.yaml")])).toMatchObject({
      code: 2,
      out: "",
    });
  });
});

test("where there is nothing to look at, a note says so", async () => {
  const { code, err } = await evenkeel(["check", at("empty"), "--format", "sarif"]);
  expect(code).toBe(0);
  expect(err).toBe(
    `note: nothing to look at in ${at("empty")}: 1 file read, no Kubernetes object, no Pulumi state or preview and no configuration of HAProxy among them\n`,
  );
  expect((await evenkeel(["check", at("list.json")])).err).toBe("");
});
