import { join } from "node:path";
import { PassThrough } from "node:stream";
import { allowClosedPipe } from "./io";
import { evenkeel, folder } from "./run.fixture";

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`;

describe("a file that cannot be written is the user's to mend", () => {
  const files = folder({});
  const target = join(files.path, "no/such/folder/out");
  afterAll(() => files.remove());

  test.each<[string, readonly string[]]>([
    ["a baseline", ["check", "-", "--write-baseline", target]],
    ["a picture", ["trace", "-", "--to", "cluster-ip", "--svg", target]],
    ["choices", ["decide", "-", "--trials", "1", "--pin", target]],
  ])("%s", async (_, args) => {
    const { code, err } = await evenkeel(args, SERVICE);
    expect(code).toBe(2);
    expect(err).toContain(`evenkeel: ${target}: cannot be written: ENOENT`);
    expect(err).not.toContain("defect");
  });
});

test("a reader that stops early is no failure; anything else that befalls the output is", () => {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const { stdout, stderr } = streams;
  allowClosedPipe(streams as unknown as Parameters<typeof allowClosedPipe>[0]); // only listened to
  const failed = (code: string): Error => Object.assign(new Error(code), { code });
  expect(() => stdout.emit("error", failed("EPIPE"))).not.toThrow();
  expect(() => stderr.emit("error", failed("EPIPE"))).not.toThrow();
  expect(() => stdout.emit("error", failed("ENOSPC"))).toThrow("ENOSPC");
});
