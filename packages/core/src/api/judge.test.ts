import { writtenService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { judgeService, validateService } from ".";
import { RELEASES, releaseOf, type ApiTraits } from "../releases";
import { forEachRelease } from "./answer/release-watch";

const VERSIONS = RELEASES.map(({ version }) => version).reverse();

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
  const answers = (of: (release: ApiTraits) => unknown) =>
    forEachRelease(VERSIONS.map(releaseOf), (release) => {
      const answer = of(release);
      asked.push(String(answer));
      return answer;
    }).map(({ answer }) => answer);
  expect(answers(() => "the same")).toEqual(VERSIONS.map(() => "the same"));
  expect(asked).toHaveLength(1);
  asked.length = 0;
  expect(answers(({ printsValues }) => printsValues)).toEqual(
    VERSIONS.map((version) => releaseOf(version).api.printsValues),
  );
  expect(asked).toEqual(["JSON", "Go"]);
  asked.length = 0;
  expect(answers(({ labels }) => labels.unit)).toEqual(
    VERSIONS.map((version) => releaseOf(version).api.labels.unit),
  );
  expect(asked).toEqual(["bytes", "characters"]);
});
