import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  PolicyPackFailed,
  preview,
  PreviewError,
  ProgramFailed,
  ProjectError,
  TimedOut,
  type PreviewOptions,
} from "./index";
import { Projects } from "../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

async function failure(options: PreviewOptions): Promise<PreviewError> {
  const error: unknown = await preview(options).then(
    () => new Error("the preview went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PreviewError)) throw error;
  // What people read is one line without a stack trace; the rest is kept apart.
  expect(error.message).not.toMatch(/\n|\bat .+:\d+:\d+/);
  expect(error.message).not.toContain("\u001b");
  return error;
}

const program = (source: string, files?: Readonly<Record<string, string>>): PreviewOptions => ({
  program: projects.program(`const pulumi = require("@pulumi/pulumi");\n${source}`, files),
});

describe("the project", () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["no Pulumi.yaml", { "index.js": "" }, /holds no Pulumi\.yaml; name the directory of a Pulumi project$/],
    ["no YAML", { "Pulumi.yaml": "name: [" }, /Pulumi\.yaml is no YAML: /],
    ["no map", { "Pulumi.yaml": "- a" }, /Pulumi\.yaml: wanted a map of keys and values$/],
    ["no name", { "Pulumi.yaml": "runtime: nodejs" }, /name is missing/],
    [
      "another runtime",
      { "Pulumi.yaml": "name: a\nruntime: python" },
      /runtime is "python"; only nodejs programs can be run; the output of pulumi preview --json can be checked instead$/,
    ],
    [
      "no program",
      { "Pulumi.yaml": "name: a\nruntime: nodejs", "package.json": "{}" },
      / holds no program: wanted index\.js, .+, or main in package\.json$/,
    ],
    [
      "a program that is not built",
      { "Pulumi.yaml": "name: a\nruntime: nodejs", "package.json": `{ "main": "dist/app.js" }` },
      /package\.json names the program dist\/app\.js, which does not exist; build it first$/,
    ],
    [
      "no JSON",
      { "Pulumi.yaml": "name: a\nruntime: nodejs", "package.json": "{" },
      /package\.json is no JSON$/,
    ],
    [
      "no such main",
      { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: src/app.js" },
      /main is src\/app\.js, and there is no /,
    ],
  ])("%s", async (_what, files, message) => {
    const error = await failure({ program: projects.write(files) });
    expect(error).toBeInstanceOf(ProjectError);
    expect(error.message).toMatch(message);
  });

  test("no such directory", async () => {
    expect((await failure({ program: "/no/such/place" })).message).toBe(
      "there is no directory /no/such/place",
    );
  });

  test("no SDK", async () => {
    const directory = mkdtempSync(join(tmpdir(), "offline-"));
    try {
      writeFileSync(join(directory, "Pulumi.yaml"), "name: acme\nruntime: nodejs\n");
      writeFileSync(join(directory, "index.js"), "");
      const error = await failure({ program: directory });
      expect(error.message).toBe(`@pulumi/pulumi is not installed for ${directory}; run npm install there`);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("an SDK that is too old", async () => {
    const files = { "node_modules/@pulumi/pulumi/package.json": '{ "version": "3.99.1" }' };
    const error = await failure(program("", files));
    expect(error.message).toMatch(
      /^@pulumi\/pulumi 3\.99\.1 is installed for .*; wanted 3\.204\.0 or newer: npm install @pulumi\/pulumi@latest$/,
    );
  });

  test("configuration that only the stack's key opens", async () => {
    const files = { "Pulumi.dev.yaml": "config:\n  acme:password: { secure: v1:abc }\n" };
    const error = await failure(program("", files));
    expect(error).toBeInstanceOf(ProjectError);
    expect(error.message).toMatch(
      /Pulumi\.dev\.yaml: acme:password is encrypted .*; give a value in secrets$/,
    );
  });
});

describe("the program", () => {
  test("throws: the error's own line", async () => {
    const error = await failure(program(`throw new TypeError("no such\\nthing");`));
    expect(error).toBeInstanceOf(ProgramFailed);
    expect(error.message).toBe("the program of acme failed: TypeError: no such");
    expect(error.detail).toMatch(/index\.js:\d+/);
  });

  test("throws in an apply", async () => {
    const error = await failure(program(`pulumi.output(1).apply(() => { throw new Error("late"); });`));
    expect(error.message).toBe("the program of acme failed: late");
  });

  test("throws for people: as a resource's error, with the resource", async () => {
    const source = `
      class Box extends pulumi.ComponentResource {
        constructor(name) { super("acme:index:Box", name); throw new pulumi.ResourceError("policy-id spec.type: A; wanted B", this, true); }
      }
      new Box("box");`;
    const error = await failure(program(source));
    expect(error.message).toBe("the program of acme failed: policy-id spec.type: A; wanted B");
    expect((error as ProgramFailed).diagnostics).toEqual([
      {
        severity: "error",
        message: "policy-id spec.type: A; wanted B",
        urn: "urn:pulumi:dev::acme::acme:index:Box::box",
      },
    ]);
  });

  test("is not JavaScript", async () => {
    const error = await failure(program("const = 1;"));
    expect(error.message).toMatch(/^the program of acme failed: SyntaxError: /);
  });

  test("needs a module that is not installed", async () => {
    const error = await failure(program(`require("no-such-module");`));
    expect(error.message).toBe("the program of acme failed: Cannot find module 'no-such-module'");
  });

  test("ends with a code of its own", async () => {
    expect((await failure(program("process.exit(7);"))).message).toBe(
      "the program of acme failed: it ended with code 7",
    );
  });

  test("does not end: it is ended", async () => {
    const error = await failure({ ...program("setInterval(() => undefined, 1000);"), timeoutSeconds: 2 });
    expect(error).toBeInstanceOf(TimedOut);
    expect(error.message).toBe("the program of acme did not end within 2 seconds");
  });

  test("is aborted by the caller", async () => {
    const controller = new AbortController();
    const started = (): void => controller.abort();
    const options = { ...program("setInterval(() => undefined, 1000);"), signal: controller.signal };
    expect((await failure({ ...options, onEvent: started })).message).toBe("the preview was aborted");
  });

  test("fails: what was seen until then is kept", async () => {
    const error = await failure(
      program(
        `new pulumi.ComponentResource("acme:index:Box", "box"); setTimeout(() => { throw new Error("late"); }, 300);`,
      ),
    );
    expect(error.result?.resources.map(({ name }) => name)).toEqual(["acme-dev", "box"]);
  });

  test("fails with a secret in its words: the secret is taken out", async () => {
    const source = `const key = new pulumi.Config().require("key"); pulumi.log.warn("using " + key); throw new Error("bad key " + key);`;
    const error = await failure({ ...program(source), secrets: { key: "hunter2-hunter2" } });
    expect(error.message).toBe("the program of acme failed: bad key [secret]");
    expect(
      JSON.stringify([error, error.detail, error.result, (error as ProgramFailed).diagnostics]),
    ).not.toContain("hunter2");
  });
});

describe("a policy pack", () => {
  const withPack = (dir: string, more: Partial<PreviewOptions> = {}): PreviewOptions => ({
    ...program(`new pulumi.ComponentResource("acme:index:Box", "box");`),
    policyPacks: [{ dir }],
    ...more,
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["no PulumiPolicy.yaml", {}, /holds no PulumiPolicy\.yaml; name the directory of a policy pack$/],
    [
      "another runtime",
      { "PulumiPolicy.yaml": "runtime: python" },
      /runtime is "python"; only nodejs packs can be run$/,
    ],
  ])("%s", async (_what, files, message) => {
    const error = await failure(withPack(projects.write(files)));
    expect(error).toBeInstanceOf(ProjectError);
    expect(error.message).toMatch(message);
  });

  test.each<[string, string, RegExp]>([
    ["throws while it loads", `throw new Error("no rules today");`, /failed to load: no rules today$/],
    [
      "prints before its port",
      `console.log("hello"); new (require("@pulumi/policy").PolicyPack)("p", { policies: [] });`,
      /printed "hello" before its port; nothing may be written to standard output while a pack loads/,
    ],
    ["serves nothing", ``, /ended with code 0 before it served anything; does it construct a PolicyPack\?$/],
    [
      "has an invalid name",
      `new (require("@pulumi/policy").PolicyPack)("a b", { policies: [] });`,
      /failed to load: Invalid policy pack name "a b"\./,
    ],
  ])("%s", async (_what, source, message) => {
    const error = await failure(withPack(projects.pack("", { "index.js": source })));
    expect(error).toBeInstanceOf(PolicyPackFailed);
    expect(error.message).toMatch(message);
  });

  test("throws in a policy: the policy is named", async () => {
    const pack = projects.pack(
      `{ policies: [{ name: "bad", description: "Bad.", validateResource: () => { throw new Error("oops"); } }] }`,
    );
    const error = await failure(withPack(pack));
    expect(error).toBeInstanceOf(PolicyPackFailed);
    expect(error.message).toMatch(
      /failed: Error validating resource with policy 'bad' from policy pack 'tested@v1\.2\.3'/,
    );
    expect(error.detail).toContain("oops");
  });

  test("does not start", async () => {
    const pack = projects.pack("", { "index.js": "setInterval(() => undefined, 1000);" });
    const error = await failure(withPack(pack, { timeoutSeconds: 3 }));
    expect(error.message).toMatch(/^policy pack .+ did not start within 3 seconds$/);
  });
});

test("no process is left behind", async () => {
  const pids = projects.write({});
  const note = (name: string): string =>
    `require("fs").writeFileSync(${JSON.stringify(join(pids, name))}, String(process.pid));`;
  const pack = projects.pack(
    `{ policies: [{ name: "bad", description: "Bad.", validateResource: (args) => { if (args.type !== "acme:index:Box") return; ${note("pack")} throw new Error("oops"); } }] }`,
  );
  await failure({
    ...program(
      `${note("program")} new pulumi.ComponentResource("acme:index:Box", "box"); setInterval(() => undefined, 1000);`,
    ),
    policyPacks: [{ dir: pack }],
  });
  for (const name of ["pack", "program"]) {
    const pid = Number(readFileSync(join(pids, name), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  }
});
