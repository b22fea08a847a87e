import { readKubernetes } from "@evenkeel/adapters";
import type { ObjectRef } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement } from "..";
import { nlbService } from "../aws/examples";

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function findingsOf(...files: readonly string[]) {
  const { exposures } = readKubernetes([{ object: nlbService({ scheme: "Internal" }) }]);
  const material = {
    exposures: files.flatMap((file) =>
      exposures.map((exposure) => {
        const ref: ObjectRef = { ...exposure.service.ref, source: { file, document: 0 } };
        const missing = exposure.missing.map((one) =>
          one.refused
            ? { ...one, refused: { ...one.refused, at: { ...one.refused.at, resource: ref } } }
            : one,
        );
        return { ...exposure, service: { ...exposure.service, ref }, missing };
      }),
    ),
  };
  return check(CATALOGUE, material, enforcement).findings.filter(
    ({ rule }) => rule === "service-accepted-by-controller",
  );
}

test("Services of one name from two files are two things to mend, under one fingerprint", () => {
  const findings = findingsOf("overlays/dev.yaml", "overlays/prod.yaml");
  expect(findings.map(({ file }) => file)).toEqual(["overlays/dev.yaml", "overlays/prod.yaml"]);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(1);
});

test("one mistake in one file is reported once", () => {
  expect(findingsOf("web.yaml", "web.yaml")).toHaveLength(1);
});
