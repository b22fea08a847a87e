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

test.each<[string, string]>([
  ["1.29", "note: answers are proved for Kubernetes 1.30 to 1.36; 1.29 may differ\n"],
  ["1.30.0", ""],
  ["v1.36.9", ""],
  ["1.37", "note: answers are proved for Kubernetes 1.30 to 1.36; 1.37 may differ\n"],
])("--kubernetes-version %s", async (version, wanted) => {
  const { code, err } = await evenkeel(["check", "-", "--kubernetes-version", version], SERVICE);
  expect({ code, err }).toEqual({ code: 0, err: wanted });
});
