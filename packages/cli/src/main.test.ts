import { join } from "node:path";
import { deployment, evenkeel, folder } from "./run.fixture";

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-scheme: internal
    service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol: TCP
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  externalTrafficPolicy: Local
  selector: { app: web }
  ports:
    - port: 80
---
${deployment(3)}`;
const SAFE = SERVICE.replace(/.*healthcheck-protocol.*\n/, "");

describe("check", () => {
  const files = folder({ "unsafe.yaml": SERVICE, "safe.yaml": SAFE });
  const unsafe = join(files.path, "unsafe.yaml");
  const safe = join(files.path, "safe.yaml");
  afterAll(() => files.remove());

  test("an unsafe Service exits 1 and says where, what was seen, what is wanted, and the patch", async () => {
    const { code, out } = await evenkeel(["check", unsafe]);
    expect(code).toBe(1);
    expect(out).toContain("✗ mandatory local-needs-http-health-check");
    expect(out).toContain("unsafe.yaml:8");
    expect(out).toContain(
      "TCP on <spec.healthCheckNodePort, not known yet>; wanted HTTP /healthz on healthCheckNodePort",
    );
    expect(out).toContain("service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol: null");
    expect(out).toContain("1 Service checked: 1 mandatory violation");
  });

  test("a safe Service exits 0 and is quiet", async () => {
    const { code, out, err } = await evenkeel(["check", safe]);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "1 Service checked: 0 mandatory violations, 0 advisory findings\n",
      err: "",
    });
  });

  test("the JSON document has the published shape", async () => {
    const { code, out } = await evenkeel(["check", unsafe, "--format", "json"]);
    expect(code).toBe(1);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      version: 1,
      findings: [
        {
          rule: "local-needs-http-health-check",
          facts: ["U1"],
          verdict: "violated",
          level: "mandatory",
          severity: "critical",
          resource: { kind: "Service", namespace: "shop", name: "web", urn: null },
          path: 'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"]',
          file: unsafe,
          line: 8,
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
      estimates: [],
      decisions: [],
      summary: { violated: 1, advisory: 0, exempted: 0, unknown: 0, notJoined: 0 },
    });
  });

  test("github and sarif point at the line", async () => {
    expect((await evenkeel(["check", unsafe, "--format", "github"])).out).toMatch(
      /^::error file=.*unsafe\.yaml,line=8,title=local-needs-http-health-check::/,
    );
    const sarif = JSON.parse((await evenkeel(["check", unsafe, "--format", "sarif"])).out);
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: "local-needs-http-health-check",
      level: "error",
      locations: [{ physicalLocation: { region: { startLine: 8 } } }],
    });
  });

  test("standard input, and a kubectl list, are read like files", async () => {
    expect((await evenkeel(["check", "-"], SERVICE)).code).toBe(1);
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "a" },
          spec: {
            type: "NodePort",
            externalTrafficPolicy: "Local",
            selector: { a: "b" },
            ports: [{ port: 1 }],
          },
        },
      ],
    });
    const { code, out } = await evenkeel(["check", "-"], list);
    expect(code).toBe(1);
    expect(out).toContain("local-needs-load-balancer-type");
  });

  test("a folder stands for its manifests", async () => {
    expect((await evenkeel(["check", files.path])).out).toContain("2 Services checked");
  });

  test("a baseline accepts today's findings and fails on new ones", async () => {
    const baseline = join(files.path, "baseline.txt");
    expect((await evenkeel(["check", unsafe, "--write-baseline", baseline])).code).toBe(0);
    expect((await evenkeel(["check", unsafe, "--baseline", baseline])).code).toBe(0);
    const worse = SERVICE.replace(
      "  type: LoadBalancer\n",
      "  type: LoadBalancer\n  publishNotReadyAddresses: true\n",
    );
    const { code, out } = await evenkeel(["check", "-", "--baseline", baseline], worse);
    expect(code).toBe(1);
    expect(out).toContain("local-counts-only-ready-pods");
    expect(out).not.toContain("local-needs-http-health-check");
  });

  test("--fail-on advisory", async () => {
    const advisory = SAFE.replace(/.*load-balancer-scheme.*\n/, "").replace("  annotations:\n", "");
    expect((await evenkeel(["check", "-"], advisory)).code).toBe(0);
    expect((await evenkeel(["check", "-", "--fail-on", "advisory"], advisory)).code).toBe(1);
  });

  test("duplicate keys are a finding with both lines", async () => {
    const twice = SAFE.replace(
      "  annotations:\n",
      "  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing\n",
    );
    const { out } = await evenkeel(["check", "-"], twice);
    expect(out).toContain("yaml-keys-are-unique");
    expect(out).toContain("written on line 7 and again on line 8");
  });

  test("unrelated kinds and documents that are no Kubernetes objects are passed over in silence", async () => {
    expect(
      await evenkeel(
        ["check", "-"],
        "just: text\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n- 1\n",
      ),
    ).toMatchObject({ code: 0, err: "" });
  });
});

describe("mistakes are answered in one line, with exit code 2", () => {
  const files = folder({
    "broken.yaml": "a: [1, 2\nb: }",
    "template.yaml": "{{- if .Values.on }}\nkind: Service\n{{- end }}\n",
    "config.yaml": "levels: { nlb-scheme-explicit: mandatory }\n",
    "cluster.yaml": "nodes: [{ cuont: 3 }]\n",
  });
  afterAll(() => files.remove());

  test.each<[string, string[], string]>([
    ["a missing file", ["check", "nope.yaml"], "evenkeel: nope.yaml: no such file or folder"],
    ["a file that is no YAML", ["check", join(files.path, "broken.yaml")], "broken.yaml:2: cannot be read"],
    ["a chart template", ["check", join(files.path, "template.yaml")], "it looks like a chart template"],
    ["a misspelled command", ["chekc", "x"], "Did you mean check?"],
    ["a misspelled option", ["check", "x", "--fromat", "json"], "Did you mean --format?"],
    ["a misspelled format", ["check", "x", "--format", "jsn"], 'did you mean "json"?'],
    ["a misspelled rule", ["explain", "nlb-scheme-explicit"], 'did you mean "nlb-scheme-is-explicit"?'],
    [
      "a misspelled rule in the configuration",
      ["check", "-", "--config", join(files.path, "config.yaml")],
      'levels.nlb-scheme-explicit: unknown rule; did you mean "nlb-scheme-is-explicit"?',
    ],
    [
      "a misspelled key in the cluster's shape",
      ["check", "-", "--cluster", join(files.path, "cluster.yaml")],
      "nodes[0].cuont: unknown key; wanted name, count",
    ],
    ["no version", ["check", "x", "--kubernetes-version", "latest"], "wanted a version such as 1."],
  ])("%s", async (_, args, wanted) => {
    const { code, out, err } = await evenkeel(args, "kind: x");
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(wanted);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("the other questions", () => {
  test("estimate predicts shares for a described cluster", async () => {
    const files = folder({ "c.yaml": 'kubernetesVersion: "1.36"\nnodes: [{ count: 4, zones: [a, b] }]\n' });
    const { code, out } = await evenkeel(["estimate", "-", "--cluster", join(files.path, "c.yaml")], SAFE);
    files.remove();
    expect(code).toBe(0);
    expect(out).toContain("predicted for 4 nodes in 2 zones: 200 placements, seed 1");
    expect(out).toMatch(/nodes serving\s+3/);
  });

  test("decide says what it chose and why", async () => {
    const { out } = await evenkeel(["decide", "-", "--kubernetes-version", "1.36"], SAFE);
    expect(out).toContain("✓ Local");
    expect(out).toContain("the pods see the client's address, which Cluster hides");
  });

  test("explain prints law, reason, fix, examples and sources; rules lists them", async () => {
    const { out } = await evenkeel(["explain", "local-needs-http-health-check"]);
    for (const part of ["behind a Local Service", "Otherwise:", "Fix:", "bad:", "good:", "U1:", "https://"])
      expect(out).toContain(part);
    expect((await evenkeel(["rules"])).out).toContain("local-needs-several-nodes");
  });

  test("what is piped in without a word gets everything", async () => {
    const { code, out } = await evenkeel([], SERVICE);
    expect(code).toBe(1);
    for (const part of ["local-needs-http-health-check", "hottest pod", "✓ Local"])
      expect(out).toContain(part);
  });

  test("a live cluster's endpoints are observed, and the next placement predicted", async () => {
    const node = (name: string) => ({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name, labels: { "kubernetes.io/hostname": name } },
      status: {
        allocatable: { cpu: "4", memory: "16Gi", pods: "110" },
        conditions: [{ type: "Ready", status: "True" }],
      },
    });
    const slice = {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
      addressType: "IPv4",
      ports: [{ name: "", port: 80 }],
      endpoints: [
        ["a", "vm1"],
        ["b", "vm3"],
        ["c", "vm3"],
      ].map(([pod, nodeName], index) => ({
        addresses: [`192.0.2.${index}`],
        nodeName,
        conditions: { ready: true },
        targetRef: { kind: "Pod", name: pod },
      })),
    };
    const files = folder({
      "live.json": JSON.stringify({
        kind: "List",
        apiVersion: "v1",
        items: [node("vm1"), node("vm2"), node("vm3"), slice],
      }),
      "web.yaml": SAFE,
    });
    const { out } = await evenkeel(["look", files.path]);
    files.remove();
    expect(out).toContain("as observed on 3 nodes");
    expect(out).toMatch(/a\s+vm1\s+50 %/);
    expect(out).toMatch(/b\s+vm3\s+25 %/);
    expect(out).toMatch(/healthy targets\s+2 of 3/);
    expect(out).toContain("predicted for 3 nodes");
  });
});
