import { supportedRange } from "@evenkeel/core/model";
import { evenkeel } from "./run.fixture";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";

test.each(["estimate", "decide", "look"])("%s prints no findings for code scanning", async (command) => {
  for (const format of ["sarif", "github"]) {
    const { code, out, err } = await evenkeel([command, "-", "--format", format], SERVICE);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("wanted text, json");
  }
  const { code, out } = await evenkeel([command, "-", "--format", "json"], SERVICE);
  expect({ code, version: JSON.parse(out).version }).toEqual({ code: 0, version: 1 });
});

test.each(["1.30.0", "v1.36.9"])("--kubernetes-version %s", async (version) => {
  const { code, err } = await evenkeel(["check", "-", "--kubernetes-version", version], SERVICE);
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test.each(["1.29", "1.99"])("--kubernetes-version %s is refused", async (version) => {
  const { code, err } = await evenkeel(["check", "-", "--kubernetes-version", version], SERVICE);
  expect(code).toBe(2);
  expect(err).toContain(`'${version}' is invalid. wanted a supported version: ${supportedRange()}`);
});

test("a cluster whose version is not modelled is answered for by the nearest release, with a note", async () => {
  const node =
    "---\napiVersion: v1\nkind: Node\nmetadata: { name: a }\nstatus: { nodeInfo: { kubeletVersion: v1.99.1 } }\n";
  const { code, err } = await evenkeel(["check", "-"], SERVICE + node);
  expect(code).toBe(0);
  expect(err).toContain("note: Kubernetes 1.99 is newer than what is modelled: answered as for ");
});
