import { readKubernetes } from "..";
import { leanSecret } from "./config-file";

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    type: "LoadBalancer",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
  },
};
const text = "[Global]\npassword=hunter2\n[LoadBalancer]\nlb-provider=ovn\n";
const secret = (fields: object) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "cloud-config", namespace: "kube-system" },
  ...fields,
});
const settingsBehind = (...objects: readonly object[]) => {
  const { exposures } = readKubernetes([service, ...objects].map((object) => ({ object: { ...object } })));
  return exposures[0]?.fronts[0]?.controller.settings;
};

test.each([
  ["as text", secret({ stringData: { "cloud.conf": text } })],
  ["in base64", secret({ data: { "cloud.conf": Buffer.from(text).toString("base64") } })],
  ["in a ConfigMap", { ...secret({ data: { "cloud.conf": text } }), kind: "ConfigMap" }],
])("a controller's configuration %s, and no more of it than is known to be harmless", (_, object) => {
  expect(settingsBehind(object)).toEqual({ "lb-provider": "ovn" });
});

test("the text wins over base64, as with the API server", () => {
  const data = { "cloud.conf": Buffer.from("[LoadBalancer]\nlb-provider=amphora").toString("base64") };
  expect(settingsBehind(secret({ data, stringData: { "cloud.conf": text } }))).toEqual({
    "lb-provider": "ovn",
  });
});

test("of a Secret nothing but such a configuration is kept", () => {
  const stringData = { "cloud.conf": text, password: "hunter2" };
  expect(leanSecret(secret({ stringData, immutable: true }))).toEqual(
    secret({ stringData: { "cloud.conf": text } }),
  );
  expect(leanSecret(secret({ stringData: { password: "hunter2" } }))).toBeUndefined();
  expect(leanSecret(secret({ data: ["cloud.conf"] }))).toBeUndefined();
});
