import { isToBeAllocated, validateService } from "@evenkeel/core/api";
import { address, goodService, range, writtenService, type WrittenService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { options, type Setup } from "./validate-setup";

/** Services as they lie in etcd: accepted, with numbers and addresses that the server might have chosen. */
export function storedServices(
  server: Setup,
): fc.Arbitrary<{ written: WrittenService; stored: WrittenService }> {
  const written = fc.oneof({ weight: 3, arbitrary: goodService }, { weight: 1, arbitrary: writtenService });
  return fc
    .tuple(written, history)
    .map(([service, change]) => ({ written: service, stored: resolved(service, server), change }))
    .filter(({ stored }) => stored !== undefined)
    .map(({ written: service, stored = {}, change }) => ({ written: service, stored: change(stored) }));
}

function resolved(written: WrittenService, server: Setup): WrittenService | undefined {
  const { stored, refusal } = validateService(written, options({ ...server, nodePorts: [] }));
  if (refusal) return undefined;
  const families: unknown = stored.spec.ipFamilies;
  const ports = new Map<string, number>();
  const resolve = (value: unknown): unknown => {
    if (isToBeAllocated(value)) {
      if (value.path.startsWith("spec.clusterIP"))
        return addressFor(families, value.path.endsWith("[1]") ? 1 : 0);
      if (value.path === "metadata.name") return "web-x7f2k";
      const port = ports.get(value.path) ?? 30_900 + ports.size;
      ports.set(value.path, port);
      return port;
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  };
  return JSON.parse(JSON.stringify(resolve(stored))) as WrittenService;
}

function addressFor(families: unknown, i: number): string {
  return Array.isArray(families) && families[i] === "IPv6" ? "fd00:96::1" : "10.96.0.1";
}

type Change = (service: WrittenService) => WrittenService;

type Fields = Readonly<Record<string, unknown>>;

/** Without a grace period the update that takes the last finalizer is the deletion itself. */
const DELETED = { deletionTimestamp: "2024-01-02T03:04:05Z", deletionGracePeriodSeconds: 30 };

/** What time may have done to a Service: older servers, older rules, controllers, a deletion that waits. */
const history: fc.Arbitrary<Change> = fc
  .record(
    {
      spec: fc.oneof(
        fc.constant({ clusterIPs: undefined, ipFamilies: undefined, ipFamilyPolicy: undefined }),
        fc.constant({ ipFamilyPolicy: undefined }),
        fc.array(address, { maxLength: 2 }).map((externalIPs) => ({ externalIPs })),
        fc.tuple(address, address).map((clusterIPs) => ({ clusterIP: clusterIPs[0], clusterIPs })),
      ),
      status: fc.constant({
        loadBalancer: { ingress: [{ ip: "192.0.2.7" }, { hostname: "lb.example.com" }] },
      }),
      metadata: fc.constantFrom<Fields>(
        { ...DELETED, finalizers: ["service.kubernetes.io/load-balancer-cleanup"] },
        DELETED,
        { generation: -1 },
        { generation: 3 },
      ),
    },
    { requiredKeys: [] },
  )
  .chain((change) => fc.constantFrom({}, {}, {}, change))
  .chain((change) =>
    fc.array(range, { minLength: 1, maxLength: 2 }).map(
      (ranges): Change =>
        (service) =>
          merged(service, forType(change, asFields(service.spec).type, ranges)),
    ),
  );

/** Ranges are only for load balancers, and only there do they stay. */
function forType(change: Fields, type: unknown, ranges: readonly string[]): Fields {
  return type === "LoadBalancer" && "spec" in change
    ? { ...change, spec: { loadBalancerSourceRanges: ranges } }
    : change;
}

function merged(service: WrittenService, change: Readonly<Record<string, unknown>>): WrittenService {
  const parts = Object.entries(change).map(([part, fields]) => [
    part,
    { ...asFields(service[part]), ...asFields(fields) },
  ]);
  return JSON.parse(JSON.stringify({ ...service, ...Object.fromEntries(parts) })) as WrittenService;
}

export function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
