import {
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evenkeel } from "../run.fixture";
import { LARGE } from "./source";

let folder = "";
let dump = "";
const NODES = 4;
const PODS = 40;

const node = (index: number) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: `n${index}`,
    labels: { "kubernetes.io/hostname": `n${index}`, "topology.kubernetes.io/zone": `z${index % 2}` },
  },
  status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" }, nodeInfo: { kubeletVersion: "v1.35.1" } },
});
// Nine tenths of node n0 are asked for already, so that the pods of the Service go elsewhere.
const pod = (index: number, env: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `busy-${index}`, namespace: "busy", labels: { app: "busy" } },
  spec: {
    nodeName: "n0",
    containers: [
      {
        name: "a",
        env: [{ name: "PADDING", value: env }],
        resources: { requests: { cpu: `${3600 / PODS}m`, memory: "100Mi" } },
      },
    ],
  },
  status: { phase: "Running" },
});
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  externalTrafficPolicy: Local
  selector: { app: web }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: a, image: "a:1", resources: { requests: { cpu: "1" } } }] }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "large-"));
  writeFileSync(join(folder, "web.yaml"), SERVICE);
  dump = join(folder, "dump.json");
  const file = openSync(dump, "w");
  const padding = "{[x".repeat(LARGE / PODS / 3 + 1);
  const items = [...Array(NODES).keys()].map((index) => JSON.stringify(node(index)));
  writeSync(file, `{"apiVersion":"v1","items":[${items.join()}`);
  for (let index = 0; index < PODS; index += 1) writeSync(file, `,${JSON.stringify(pod(index, padding))}`);
  writeSync(file, '],"kind":"List"}');
  closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

const estimates = async (args: readonly string[], stdin?: string) => {
  const { code, out, err } = await evenkeel(
    ["estimate", join(folder, "web.yaml"), "--format", "json", ...args],
    stdin,
  );
  expect([code, err]).toEqual([0, ""]);
  const { estimates: found }: { estimates: { cluster: string; shares: { node: string }[] }[] } =
    JSON.parse(out);
  return found.map(({ cluster, shares }) => [cluster, shares.map((share) => share.node).sort()]);
};

test("a dump larger than is read as one text is the cluster, its pods in the way: from a file and from standard input", async () => {
  expect(statSync(dump).size).toBeGreaterThan(LARGE);
  const wanted = ["4 nodes in 2 zones", ["n1", "n2", "n3"]];
  const both = [wanted, wanted];
  expect(await estimates(["--cluster", dump])).toEqual(both);
  expect(await estimates(["--cluster", "-"], readFileSync(dump, "utf8"))).toEqual(both);
  expect(await estimates(["--with", dump])).toEqual(both);
});

test("one that ends early is refused, not read in part", async () => {
  const cut = join(folder, "cut.json");
  writeFileSync(cut, readFileSync(dump, "utf8").slice(0, -100));
  const { code, err } = await evenkeel(["estimate", join(folder, "web.yaml"), "--cluster", cut]);
  expect([code, err]).toEqual([2, expect.stringContaining(`${cut}: cannot be read: it ends in the middle`)]);
});
