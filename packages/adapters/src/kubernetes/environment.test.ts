import { rootField } from "../reading/field";
import { readEnvironment } from "./environment";

const NAME = "HCLOUD_LOAD_BALANCERS_USES_PROXYPROTOCOL";
const template = (env: unknown) =>
  rootField({ spec: { containers: [{ name: "ccm", env }, "no container"] } });

test.each([
  ["a variable that a controller is configured with", [{ name: NAME, value: "true" }], { [NAME]: "true" }],
  ["no other, since any may be a secret", [{ name: "HCLOUD_TOKEN", value: "hunter2" }], undefined],
  ["no reference", [{ name: NAME, valueFrom: { secretKeyRef: { name: "a", key: "b" } } }], undefined],
  ["nothing that is no variable", ["HCLOUD", { name: 1, value: "x" }, null], undefined],
  ["no list", { [NAME]: "true" }, undefined],
])("%s", (_, env, expected) => {
  expect(readEnvironment(template(env))).toEqual(expected);
});
