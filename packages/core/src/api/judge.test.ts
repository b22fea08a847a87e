import { writtenService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { judgeService, validateService } from ".";
import { releaseOf, type Release } from "./release";
import { forEachRelease } from "./release-watch";

const VERSIONS = ["1.36", "1.35", "1.34", "1.33", "1.32", "1.31", "1.30"];

test("several versions are answered for as each is by itself", () => {
  fc.assert(
    fc.property(writtenService, (written) => {
      const each = VERSIONS.map((kubernetesVersion) => {
        const { version, errors, undecided } = validateService(written, { kubernetesVersion });
        return { version, errors, undecided };
      });
      expect(judgeService(written, VERSIONS)).toEqual(each);
    }),
    { numRuns: 2000 },
  );
});

test("a release is asked again only where it differs in what was asked for", () => {
  const asked: string[] = [];
  const answers = (of: (release: Release) => unknown) =>
    forEachRelease(VERSIONS.map(releaseOf), (release) => {
      const answer = of(release);
      asked.push(String(answer));
      return answer;
    }).map(({ answer }) => answer);
  expect(answers(() => "the same")).toEqual(VERSIONS.map(() => "the same"));
  expect(asked).toHaveLength(1);
  asked.length = 0;
  expect(answers(({ printsValues }) => printsValues)).toEqual([
    "JSON",
    "JSON",
    "JSON",
    "Go",
    "Go",
    "Go",
    "Go",
  ]);
  expect(asked).toEqual(["JSON", "Go"]);
  asked.length = 0;
  expect(answers(({ labels }) => labels.unit)).toEqual([
    "bytes",
    "bytes",
    ...Array<string>(5).fill("characters"),
  ]);
  expect(asked).toEqual(["bytes", "characters"]);
});
