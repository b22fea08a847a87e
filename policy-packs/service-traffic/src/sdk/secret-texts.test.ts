import { secretTexts } from "./secret-texts";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

test.each<[string, unknown, string[]]>([
  ["a text", { path: secret("/hidden"), port: 80 }, ["/hidden"]],
  ["a number", { port: secret(8086) }, ["8086"]],
  [
    "everything within",
    { metadata: secret({ annotations: { a: "x", b: ["y", 3, true] } }) },
    ["x", "y", "3"],
  ],
  ["a secret in a list", { ports: [{ name: "web" }, secret("z")] }, ["z"]],
  ["nothing where nothing is secret", { path: "/open", nested: { value: "v" } }, []],
  ["no empty text", { path: secret("  ") }, []],
])("finds %s", (_, wire, wanted) => {
  expect(secretTexts(wire)).toEqual(wanted);
});
