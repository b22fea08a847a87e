import { ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";

export const yamlKeysAreUnique = rule({
  id: "yaml-keys-are-unique",
  subject: "text",
  severity: "medium",
  level: "advisory",
  law: "A key is written once in a YAML map.",
  why: "most parsers silently keep the last of two equal keys, so the earlier one, often a load balancer attribute, is lost",
  fix: "Merge the values under one key, or delete one of them.",
  facts: ["EK2"],
  refs: [{ title: "YAML 1.2: node comparison", url: "https://yaml.org/spec/1.2.2/#3213-node-comparison" }],
  *check({ ref, duplicateKeys }) {
    if (duplicateKeys.length === 0) yield ok;
    for (const { path, firstLine, line } of duplicateKeys) {
      yield violated({
        facts: ["EK2"],
        at: { resource: ref, path },
        seen: `written on line ${firstLine} and again on line ${line}`,
        wanted: "one key",
      });
    }
  },
  examples: () => ({
    bad: [
      {
        name: "an attribute annotation written twice",
        files: {
          "web.yaml": [
            "apiVersion: v1",
            "kind: Service",
            "metadata:",
            "  name: web",
            "  annotations:",
            "    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: proxy_protocol_v2.enabled=true",
            "    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: deregistration_delay.timeout_seconds=60",
            "",
          ].join("\n"),
        },
        expect: {
          at: 'Service web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"]',
          file: "web.yaml",
          seen: "written on line 6 and again on line 7",
          wanted: "one key",
          fix: "Merge the values under one key, or delete one of them.",
          level: "advisory",
        },
      },
    ],
    good: [
      {
        name: "both values under one key",
        files: {
          "web.yaml": [
            "apiVersion: v1",
            "kind: Service",
            "metadata:",
            "  name: web",
            "  annotations:",
            "    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: >-",
            "      proxy_protocol_v2.enabled=true,deregistration_delay.timeout_seconds=60",
            "",
          ].join("\n"),
        },
      },
    ],
  }),
});
