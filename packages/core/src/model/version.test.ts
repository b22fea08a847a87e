import { isAtLeast, minorVersion } from "./version";

test.each([
  ["1.36", [1, 36]],
  ["1.36.3", [1, 36]],
  ["v1.33.2-eks-5678", [1, 33]],
  ["1.34+", [1, 34]],
])("%s", (text, want) => {
  expect(minorVersion(text)).toEqual(want);
});

test("versions compare as numbers, not as text", () => {
  expect(isAtLeast("1.9", "1.30")).toBe(false);
  expect(isAtLeast("1.30.0", "1.30")).toBe(true);
  expect(isAtLeast("2.0", "1.34")).toBe(true);
});

test("a text that is no version is refused with what is wanted", () => {
  expect(minorVersion("latest")).toBeUndefined();
  expect(() => isAtLeast("latest", "1.30")).toThrow(
    "kubernetesVersion: latest; wanted a version such as 1.36 or 1.36.3",
  );
});
