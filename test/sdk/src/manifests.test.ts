import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./installation";

// What npm shows of each package, and what it makes a user install.

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(REPOSITORY, folder, "package.json"), "utf8"));
const root = read(".");
const foldersIn = (parent: string): readonly string[] =>
  readdirSync(join(REPOSITORY, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(REPOSITORY, folder, "package.json")));
const published = [...foldersIn("packages"), ...foldersIn("policy-packs")].filter(
  (one) => !read(one).private,
);

describe.each(published)("%s", (folder) => {
  const manifest = read(folder);

  test("has the licence, and the home of the repository", () => {
    const licence = (of: string): string => readFileSync(join(REPOSITORY, of, "LICENSE"), "utf8");
    expect(licence(folder)).toBe(licence("."));
    for (const field of ["license", "repository", "homepage", "bugs"]) {
      const wanted = root[field];
      // One repository, and the folder of the package within it.
      const own =
        typeof wanted === "object" && field === "repository" ? { ...wanted, directory: folder } : wanted;
      expect([field, manifest[field]]).toEqual([field, own]);
    }
  });

  test("leaves the SDKs to its user: none is a dependency, and peers are ranges", () => {
    const sdks = (of: Manifest["dependencies"] = {}): readonly (readonly [string, string])[] =>
      Object.entries(of).filter(([name]) => name.startsWith("@pulumi/"));
    expect(sdks(manifest.dependencies)).toEqual([]);
    for (const [, range] of sdks(manifest.peerDependencies)) expect(range).toMatch(/^\^/);
  });
});

test("examples, which people copy, pin no SDK either", () => {
  const ranges = foldersIn("examples").flatMap((folder) =>
    Object.entries(read(folder).dependencies ?? {}).filter(([name]) => name.startsWith("@pulumi/")),
  );
  expect(ranges.length).toBeGreaterThan(0);
  for (const [, range] of ranges) expect(range).toMatch(/^\^/);
});

test("the lowest peers that are tested are those that are declared", () => {
  const tested = read("test/sdk").dependencies ?? {};
  for (const folder of published)
    for (const [name, range] of Object.entries(read(folder).peerDependencies ?? {}))
      expect([folder, name, range]).toEqual([folder, name, `^${tested[name]}`]);
});
