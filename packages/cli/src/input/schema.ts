import { CORE_SCHEMA, Type } from "js-yaml";

// kubectl reads the booleans of YAML 1.1 (go.yaml.in/yaml/v2 resolve.go, through sigs.k8s.io/yaml).
const TRUE = new Set(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]);
const FALSE = new Set(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]);
const BOOLEAN = new Type("tag:yaml.org,2002:bool", {
  kind: "scalar",
  resolve: (text: unknown) => typeof text === "string" && (TRUE.has(text) || FALSE.has(text)),
  construct: (text: string) => TRUE.has(text),
});

const MERGE = new Type("tag:yaml.org,2002:merge", {
  kind: "scalar",
  resolve: (key: unknown) => key === "<<" || key === null,
});

// A tag that nobody knows, such as CloudFormation's `!Ref`, says nothing of traffic: its value is read as if it were not there.
const UNKNOWN_TAGS = (["scalar", "sequence", "mapping"] as const).map(
  (kind) => new Type("", { kind, multi: true }),
);

/** YAML as Kubernetes reads it: without timestamps, with merge keys, which are common in hand-written manifests. */
export const SCHEMA = CORE_SCHEMA.extend({ implicit: [BOOLEAN, MERGE], explicit: UNKNOWN_TAGS });
