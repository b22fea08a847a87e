import { basename, join } from "node:path";
import { deployment, evenkeel, folder } from "../run.fixture";

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  loadBalancerClass: evenkeel.io/unmanaged
  externalTrafficPolicy: Local
  healthCheckNodePort: 31223
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
${deployment(3)}`;

const SAFE = `global
  log stdout format raw local0
  stats socket /run/admin.sock level admin
userlist people
  user one insecure-password hunter2
defaults
  mode tcp
  timeout connect 5s
  timeout client 30s
  timeout server 30s
listen web
  bind 192.0.2.9:80
  balance roundrobin
  option httpchk GET /healthz
  http-check expect status 200
  default-server check port 31223 inter 2s fall 3 rise 2
  server node1 192.0.2.1:30080
  server node2 192.0.2.2:30080
  server node3 192.0.2.3:30080
listen stats
  bind :9000
  stats enable
  stats auth admin:hunter2
`;
/** The check only connects: what kube-proxy answers is not read. */
const UNSAFE = SAFE.replace(/ {2}option httpchk.*\n {2}http-check.*\n/, "");
const RULE = "local-needs-http-health-check";

/** A text as the value of a key, in a manifest that starts with these lines. */
const configMap = (text: string, header = "|") => `# the edge
apiVersion: v1
kind: ConfigMap
metadata:
  name: haproxy
  namespace: edge
data:
  other.txt: hunter2
  haproxy.cfg: ${header}
${text.replace(/^(?=.)/gm, "    ")}`;

const NODES = JSON.stringify({
  apiVersion: "v1",
  kind: "List",
  items: [
    ...[1, 2, 3].map((index) => ({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: `node${index}` },
      status: {
        addresses: [{ type: "InternalIP", address: `192.0.2.${index}` }],
        allocatable: { cpu: "4", memory: "8Gi", pods: "110" },
        conditions: [{ type: "Ready", status: "True" }],
      },
    })),
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
      addressType: "IPv4",
      ports: [{ name: "", port: 8080 }],
      endpoints: [1, 1, 2].map((node, index) => ({
        addresses: [`198.51.100.${index + 1}`],
        nodeName: `node${node}`,
        conditions: { ready: true },
      })),
    },
  ],
});

interface Told {
  readonly rule: string;
  readonly verdict: string;
  readonly file: string;
  readonly line: number;
}

const lineOf = (text: string, part: string): number =>
  text.split("\n").findIndex((line) => line.includes(part)) + 1;

async function told(...args: readonly string[]): Promise<readonly Told[]> {
  const { out } = await evenkeel(["check", ...args, "--format", "json"]);
  const { findings }: { findings: readonly Told[] } = JSON.parse(out);
  return findings.map(({ rule, verdict, file, line }) => ({ rule, verdict, file: basename(file), line }));
}

async function within<T>(
  files: Readonly<Record<string, string>>,
  test: (path: string) => Promise<T>,
): Promise<T> {
  const made = folder(files);
  try {
    return await test(made.path);
  } finally {
    made.remove();
  }
}

describe("check", () => {
  test("a folder with a Service and the haproxy.cfg before it", async () => {
    await within({ "web.yaml": SERVICE, "edge/haproxy.cfg": UNSAFE }, async (path) => {
      const file = "haproxy.cfg";
      expect(await told(path)).toEqual([
        { rule: RULE, verdict: "violated", file, line: lineOf(UNSAFE, "default-server") },
      ]);
      const { code, out, err } = await evenkeel(["check", path]);
      expect(code).toBe(1);
      expect(out).toContain("HAProxy haproxy.cfg");
      expect(out).toContain("listen web default-server check: TCP on 31223; wanted HTTP /healthz on 31223");
      expect(out + err).not.toContain("hunter2");
    });
    await within({ "web.yaml": SERVICE, "haproxy.cfg": SAFE }, async (path) => {
      expect(await evenkeel(["check", path])).toMatchObject({
        code: 0,
        out: "1 Service checked: 0 mandatory violations, 0 advisory findings\n",
        err: "",
      });
    });
  });

  test.each<[string, string, (text: string) => number]>([
    ["a literal block", "|", (text) => lineOf(text, "default-server")],
    ["a literal block without its last line feed", "|- # as is", (text) => lineOf(text, "default-server")],
    ["a folded block, whose lines are none of the file", ">", () => 0],
  ])("in a ConfigMap, as %s", async (_, header, line) => {
    // A folded block joins lines of equal indentation; an empty line between them is a line of the text.
    const text = configMap(header === ">" ? UNSAFE.replace(/\n/g, "\n\n") : UNSAFE, header);
    await within({ "web.yaml": SERVICE, "edge.yaml": text }, async (path) => {
      const file = "edge.yaml";
      const at = line(text) || lineOf(text, "haproxy.cfg");
      expect(await told(path)).toEqual([{ rule: RULE, verdict: "violated", file, line: at }]);
    });
  });

  test("in a ConfigMap of a List, and on the second document of a file", async () => {
    const indented = configMap(UNSAFE)
      .replace(/^(?=.)/gm, "    ")
      .replace("    # the edge\n    ", "  - ");
    const list = `apiVersion: v1\nkind: List\nitems:\n${indented}`;
    const both = `${SERVICE}---\n${configMap(UNSAFE)}`;
    await within({ "web.yaml": SERVICE, "list.yaml": list }, async (path) => {
      expect((await told(path)).map(({ line }) => line)).toEqual([lineOf(list, "default-server")]);
    });
    await within({ "both.yaml": both }, async (path) => {
      expect((await told(path)).map(({ line }) => line)).toEqual([lineOf(both, "default-server")]);
      const github = await evenkeel(["check", path, "--format", "github"]);
      expect(github.out).toContain(`line=${lineOf(both, "default-server")},title=${RULE}`);
    });
  });

  test("a folder of files that HAProxy reads one after the other", async () => {
    const [head = "", ...rest] = SAFE.split(/(?=^listen web)/m);
    const files = { "web.yaml": SERVICE, "conf.d/00-base.cfg": head, "conf.d/10-web.cfg": rest.join("") };
    await within(files, async (path) => expect(await told(path)).toEqual([]));
    const moved = head.replace("  mode tcp\n", "  mode tcp\n  default-server check port 31223\n");
    const web = "listen web from shared\n  server node1 192.0.2.1:30080\n";
    const named = moved.replace("defaults\n", "defaults shared\n");
    await within({ ...files, "conf.d/00-base.cfg": named, "conf.d/10-web.cfg": web }, async (path) => {
      expect(await told(path)).toEqual([
        { rule: RULE, verdict: "violated", file: "00-base.cfg", line: lineOf(named, "default-server") },
      ]);
    });
  });

  test("from standard input, joined with a manifest", async () => {
    await within({ "web.yaml": SERVICE }, async (path) => {
      const { code, out } = await evenkeel(["check", "-", join(path, "web.yaml")], UNSAFE);
      expect(code).toBe(1);
      expect(out).toContain(`-:${lineOf(UNSAFE, "default-server")}`);
    });
  });

  test("a requirement of the configuration is a wish: Local alone does not keep the client's address", async () => {
    const files = { "web.yaml": SERVICE, "haproxy.cfg": SAFE };
    await within(files, async (path) => {
      await within({ "evenkeel.yaml": "requirements: { clientAddress: required }\n" }, async (config) => {
        expect(await told(path, "--config", join(config, "evenkeel.yaml"))).toEqual([
          {
            rule: "client-address-arrives",
            verdict: "violated",
            file: "haproxy.cfg",
            line: lineOf(SAFE, "server node1"),
          },
        ]);
      });
    });
  });

  test("an ingress controller whose ConfigMap is beside it: headers that it does not read", async () => {
    const ingress = SERVICE.replace(
      "{ name: web, image: web }",
      '{ name: c, image: registry.k8s.io/ingress-nginx/controller:v1.12.1, args: ["--configmap=$(POD_NAMESPACE)/nginx"] }',
    ).replace("  externalTrafficPolicy: Local\n  healthCheckNodePort: 31223\n", "");
    const settings = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: nginx, namespace: shop }\n";
    const headers = "listen web\n  server a 192.0.2.1:30080 check send-proxy-v2\n";
    await within({ "web.yaml": ingress + settings, "haproxy.cfg": headers }, async (path) => {
      expect(await told(path)).toEqual([
        { rule: "proxy-header-is-read", verdict: "violated", file: "haproxy.cfg", line: 2 },
      ]);
    });
  });

  test("what is only joined with counts, and is not itself the subject", async () => {
    await within({ "web.yaml": SERVICE, "edge/haproxy.cfg": UNSAFE }, async (path) => {
      const [web, edge] = [join(path, "web.yaml"), join(path, "edge/haproxy.cfg")];
      expect((await told(web, "--with", edge)).map(({ rule }) => rule)).toEqual([RULE]);
      expect((await told(edge, "--with", web)).map(({ rule }) => rule)).toEqual([RULE]);
      expect((await told(edge)).map(({ rule, verdict, line }) => [rule, verdict, line])).toEqual([
        ["service-in-input", "notJoined", lineOf(UNSAFE, "server node1")],
      ]);
      await within(
        { "other.yaml": SERVICE.replace("30080", "30081").replace("31223", "31224") },
        async (other) => {
          expect(await told(other, "--with", edge)).toMatchObject([{ rule: "load-balancer-in-input" }]);
        },
      );
    });
  });
});

describe("a configuration that HAProxy would not take", () => {
  const BROKEN = `${SAFE}listen api\n  server "a 192.0.2.1:30081 hunter2\n`;

  test.each<[string, string, RegExp]>([
    ["a quote", BROKEN, /haproxy\.cfg:25: .*a double quote that is not closed; wanted a second one\n$/],
    ["a statement out of place", `#\ndefaults\n.endif\n${SAFE}`, /haproxy\.cfg:3: .*\.endif without \.if/],
    [
      "a template",
      `global\nlisten {{ .Name }}\n  server "{{ .X }}\n`,
      /haproxy\.cfg:3: .*it looks like a template/,
    ],
  ])("%s: one line with its place, exit code 2", async (_, text, wanted) => {
    await within({ "haproxy.cfg": text, "web.yaml": SERVICE }, async (path) => {
      const { code, out, err } = await evenkeel(["check", join(path, "haproxy.cfg")]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(wanted);
      expect(err.trimEnd()).not.toContain("\n");
      expect(err).not.toContain("hunter2");
      // In a folder it does not hide what else is there.
      const all = await evenkeel(["check", path]);
      expect(all.code).toBe(2);
      expect(all.err).toMatch(wanted);
      expect(all.out).toContain("1 Service checked");
    });
  });

  test("in a ConfigMap it is a note", async () => {
    await within({ "edge.yaml": configMap(BROKEN), "web.yaml": SERVICE }, async (path) => {
      const { err } = await evenkeel(["check", path]);
      expect(err).toContain(
        'ConfigMap edge/haproxy data["haproxy.cfg"] line 25: a double quote that is not closed; wanted a second one\n',
      );
      expect(err.trimEnd()).not.toContain("\n");
    });
  });
});

test("other programs' .cfg files are passed over in silence", async () => {
  const files = {
    "setup.cfg": "[metadata]\nname = defaults\n",
    "zoo.cfg": "tickTime=2000\n",
    "web.yaml": SERVICE,
  };
  await within(files, async (path) => {
    const { err, out } = await evenkeel(["check", path]);
    expect(err).toBe("");
    expect(out).toContain("1 Service checked");
    expect((await evenkeel(["check", join(path, "zoo.cfg")])).code).toBe(0);
  });
});

describe("the other questions", () => {
  test("estimate: two, one and no pods before HAProxy, with the right check and with one that only connects", async () => {
    await within({ "web.yaml": SERVICE, "live.json": NODES, "haproxy.cfg": SAFE }, async (path) => {
      const { out } = await evenkeel(["estimate", path]);
      expect(out).toContain("external · Local · haproxy · port 80");
      expect(out).toMatch(/healthy targets\s+2 of 3/);
      expect(out).toMatch(/dropped\s+0 %/);
      expect(out).toContain("the load balancer's: the client's is hidden");
      expect(out).toContain("noticed after 6 s");
    });
    await within({ "web.yaml": SERVICE, "live.json": NODES, "haproxy.cfg": UNSAFE }, async (path) => {
      expect((await evenkeel(["estimate", path])).out).toMatch(/dropped\s+33 %/);
    });
  });

  test("without nodes in sight the servers are joined by port, and that is said", async () => {
    await within({ "web.yaml": SERVICE, "haproxy.cfg": SAFE }, async (path) => {
      expect((await evenkeel(["estimate", path])).out).toContain(
        "assuming every node is one of the load balancer's servers",
      );
    });
  });

  test("estimate: a Service without an entrance of its own, whose pods are the servers", async () => {
    const echo = SERVICE.replace(/ {2}type:[^]*?(?= {2}selector)/, "").replace(", nodePort: 30080", "");
    const pods = `defaults
  mode http
  option forwardfor
frontend in
  bind :80
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend echo
backend echo
  balance leastconn
  option httpchk GET /
  server a 198.51.100.1:8080 check weight 2
  server b 198.51.100.2:8080 check weight 1
`;
    await within({ "echo.yaml": echo, "live.json": NODES, "haproxy.cfg": pods }, async (path) => {
      const { out } = await evenkeel(["estimate", path]);
      expect(out).toContain("Service shop/web  external · haproxy · port 80");
      expect(out).toContain("the client's, in a header of HTTP");
      expect(out).toMatch(/node1\s+1 pod\s+67 %/);
      expect(await told(path)).toEqual([]);
    });
  });

  test("trace: HAProxy chooses a node that passes and sends to its node port", async () => {
    await within({ "web.yaml": SERVICE, "live.json": NODES, "haproxy.cfg": SAFE }, async (path) => {
      const { out } = await evenkeel(["trace", path]);
      expect(out).toContain("HAProxy chooses node1 among node1, node2");
      expect(out).toContain("sees the address 203.0.113.10");
    });
  });
});
