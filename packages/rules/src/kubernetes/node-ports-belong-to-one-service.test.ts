import { readKubernetes } from "@evenkeel/adapters";
import type { Finding } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement } from "..";
import { webService } from "../examples";

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function findingsOf(...files: readonly (readonly [file: string, object: object])[]): readonly Finding[] {
  const sources = files.map(([file, object], document) => ({ object, source: { file, document } }));
  const { exposures } = readKubernetes(sources);
  return check(CATALOGUE, { exposures }, enforcement).findings.filter(
    ({ rule }) => rule === "node-ports-belong-to-one-service",
  );
}

const web = webService();
const api = named("api", "shop");

function named(name: string, namespace: string, more: object = {}): object {
  return { ...webService(), metadata: { name, namespace, ...more } };
}

test("within one file the second of two is refused, in whatever namespace", () => {
  expect(findingsOf(["all.yaml", web], ["all.yaml", named("web", "other")])).toMatchObject([
    { level: "mandatory", resource: { namespace: "other", name: "web" }, path: "spec.ports[0].nodePort" },
  ]);
});

test("files of one folder may be for one cluster, those of other folders for any", () => {
  expect(findingsOf(["prod/web.yaml", web], ["prod/api.yaml", api])).toMatchObject([{ level: "advisory" }]);
  expect(findingsOf(["dev/web.yaml", web], ["prod/api.yaml", api])).toEqual([]);
});

test("versions of one object are no two, and what is stored has its number", () => {
  expect(findingsOf(["all.yaml", web], ["all.yaml", web])).toEqual([]);
  const stored = { uid: "1", resourceVersion: "1" };
  expect(
    findingsOf(["all.json", named("a", "shop", stored)], ["all.json", named("b", "shop", stored)]),
  ).toEqual([]);
  expect(findingsOf(["all.json", named("a", "shop", stored)], ["all.json", api])).toHaveLength(1);
});
