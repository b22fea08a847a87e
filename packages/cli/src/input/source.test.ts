import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { objectsOf } from "./objects";
import { parseText } from "./parse";
import { readSource } from "./source";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const pod = (index: number) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `web-${index}`, labels: { app: "web" }, managedFields: [{ manager: "kubelet" }] },
  spec: { nodeName: "n1", containers: [{ name: "a", env: [{ name: "A", value: "b" }] }] },
});
const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { a: "b" } };
const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { ports: [{ port: 80 }] },
};
const list = { apiVersion: "v1", items: [pod(0), secret, service, pod(1)], kind: "List" };

function read(text: string, large: number, from: "file" | "stdin") {
  if (from === "stdin")
    return readSource(
      { name: "-", real: "-", inFolder: false },
      Readable.from([...text].map(Buffer.from)),
      large,
    );
  const name = join(folder, "dump.json");
  writeFileSync(name, text);
  return readSource({ name, real: name, inFolder: false }, Readable.from([]), large);
}

describe.each(["file", "stdin"] as const)("from a %s", (from) => {
  test("what is small is text, whatever it says", async () => {
    expect(await read(JSON.stringify(list), 1e6, from)).toBe(JSON.stringify(list));
    expect(await read("", 10, from)).toBe("");
  });

  test("what is large and JSON is read piece by piece: the same objects at the same places, with what is of use", async () => {
    const text = JSON.stringify(list, null, 4);
    const source = await read(text, 100, from);
    if (typeof source === "string") throw new Error("wanted it to be parsed");
    const whole = objectsOf(parseText(text, "f"), "f");
    const found = objectsOf(source, "f");
    expect(found.map(({ object, source: place }) => [object.kind, place])).toEqual(
      whole.flatMap(({ object, source: place }) => (object.kind === "Secret" ? [] : [[object.kind, place]])),
    );
    expect(found.map(({ object }) => object.kind)).toEqual(["Pod", "Service", "Pod"]);
    expect(found[1]?.object).toEqual(service);
    expect(JSON.stringify(found[0])).not.toMatch(/env|managedFields/);
    expect(found[0]?.object).toMatchObject({
      metadata: { labels: { app: "web" } },
      spec: { nodeName: "n1" },
    });
  });

  test("a list of one kind, whose entries do not name it, and several values in a row", async () => {
    const { apiVersion: _a, kind: _k, ...bare } = pod(7);
    const pods = JSON.stringify({ kind: "PodList", apiVersion: "v1", items: [bare] });
    const source = await read(`${pods}\n${JSON.stringify(list)}`, 50, from);
    if (typeof source === "string") throw new Error("wanted it to be parsed");
    const found = objectsOf(source, "f");
    expect(found[0]).toMatchObject({
      object: { kind: "Pod", metadata: { name: "web-7" } },
      source: { document: 0, item: 0 },
    });
    expect(JSON.stringify(found[0])).not.toContain("managedFields");
    expect(found).toHaveLength(4);
  });

  test("what is large and YAML is text", async () => {
    expect(await read("kind: List\nitems: []\n", 5, from)).toBe("kind: List\nitems: []\n");
  });

  test("a large document that is no list is whole", async () => {
    const state = { version: 3, deployment: { resources: [{ urn: "u" }] } };
    expect(await read(JSON.stringify(state), 10, from)).toEqual({
      documents: [{ index: 0, value: state }],
      duplicates: [],
    });
  });

  test("one that ends early is refused by name", async () => {
    await expect(read(JSON.stringify(list).slice(0, -30), 50, from)).rejects.toThrow(
      /(dump\.json|^-): cannot be read: it ends/,
    );
  });
});

test("a file that is not there", async () => {
  const name = join(folder, "none.json");
  await expect(readSource({ name, real: name, inFolder: false }, Readable.from([]))).rejects.toThrow(
    /none\.json: cannot be read: /,
  );
});

test.each(["file", "stdin"] as const)("UTF-16 is read by its byte order mark, from a %s", async (from) => {
  const little = Buffer.from("\ufeff" + "kind: Service # \u00fc\n", "utf16le");
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const name = join(folder, "from-powershell.yaml");
    writeFileSync(name, bytes);
    const text = await readSource(
      from === "file" ? { name, real: name, inFolder: false } : { name: "-", real: "-", inFolder: false },
      Readable.from([bytes]),
    );
    expect(parseText(String(text), name).documents).toEqual([{ index: 0, value: { kind: "Service" } }]);
  }
});
