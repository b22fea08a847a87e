import { displayName, isKnown, type Exposure, type ObjectRef } from "@evenkeel/core/model";
import { LOCAL, webService } from "../examples";
import type { FactId } from "../facts";
import { notApplicable, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PORT_ALLOCATOR } from "../references";

export const nodePortsBelongToOneService = rule({
  id: "node-ports-belong-to-one-service",
  subject: "inventory",
  severity: "critical",
  level: "mandatory",
  law: "Every node port and health-check node port belongs to one Service of the cluster.",
  why: "the API server allocates each number once, whatever the protocol, and refuses the second Service",
  fix: "Pin another number, preferably in 30000-30085, from which the API server allocates last, or pin none.",
  facts: ["K8S:spec.ports[i].nodePort", "K8S:-"],
  refs: [KUBE_PORT_ALLOCATOR],
  *check({ exposures }) {
    const holders = new Map<number, Claim[]>();
    for (const claim of exposures.flatMap(claimsOf)) {
      const before = holders.get(claim.number) ?? [];
      const holder = before.find((one) => areTwo(one, claim));
      if (holder) yield conflict(claim, holder);
      holders.set(claim.number, [...before, claim]);
    }
    if (holders.size === 0) yield notApplicable("no node port is pinned");
  },
  examples: () => ({
    bad: [
      {
        name: "two Services pin one node port",
        objects: [webService(), { ...webService(), metadata: { name: "api", namespace: "shop" } }],
        expect: {
          at: "Service shop/api spec.ports[0].nodePort",
          seen: "30080, which spec.ports[0].nodePort of Service shop/web has too",
          wanted: "a number that no other Service has",
          effect: "the API server refuses the second of the two: provided port is already allocated",
          fix: "Pin another number, preferably in 30000-30085, from which the API server allocates last, or pin none.",
          related: ["Service shop/web"],
          facts: ["K8S:spec.ports[i].nodePort"],
          level: "mandatory",
        },
      },
      {
        name: "a health-check node port that is another's node port",
        objects: [
          webService({ ports: [{ port: 80, nodePort: 30081 }] }),
          {
            ...webService({ ...LOCAL, ports: [{ port: 80 }] }),
            metadata: { name: "api", namespace: "shop" },
          },
        ],
        expect: {
          at: "Service shop/api spec.healthCheckNodePort",
          seen: "30081, which spec.ports[0].nodePort of Service shop/web has too",
          wanted: "a number that no other Service has",
          effect: "the API server refuses the second of the two: provided port is already allocated",
          related: ["Service shop/web"],
          facts: ["K8S:-"],
        },
      },
    ],
    good: [
      {
        name: "a node port each",
        objects: [
          webService(),
          {
            ...webService({ ports: [{ port: 80, nodePort: 30082 }] }),
            metadata: { name: "api", namespace: "shop" },
          },
        ],
      },
      {
        name: "one number for TCP and UDP of one Service",
        objects: [
          webService({
            type: "NodePort",
            ports: [
              { name: "dns", port: 53, nodePort: 30053 },
              { name: "dns-udp", port: 53, nodePort: 30053, protocol: "UDP" },
            ],
          }),
        ],
      },
    ],
  }),
});

/** A number that a Service has or asks for. */
interface Claim {
  readonly number: number;
  readonly path: string;
  readonly fact: FactId;
  readonly exposure: Exposure;
}

function claimsOf(exposure: Exposure): readonly Claim[] {
  const { ports, healthCheckNodePort } = exposure.service;
  const nodePorts = ports.map(({ nodePort }, index) => ({
    number: nodePort,
    path: `spec.ports[${index}].nodePort`,
    fact: "K8S:spec.ports[i].nodePort" as const,
  }));
  const asked = [
    ...nodePorts,
    { number: healthCheckNodePort, path: "spec.healthCheckNodePort", fact: "K8S:-" as const },
  ];
  return asked.flatMap(({ number, ...rest }) =>
    number !== undefined && isKnown(number) && number > 0 ? [{ number, ...rest, exposure }] : [],
  );
}

/**
 * Whether two Services of one cluster ask for it. Two objects of one name are versions of one; what was read from an API server has
 * been given its numbers; and files of other folders may be for another cluster.
 */
function areTwo(a: Claim, b: Claim): boolean {
  const [one, other] = [a.exposure, b.exposure];
  const isNew = one.written !== undefined || other.written !== undefined;
  return isNew && one !== other && !isSame(one.service.ref, other.service.ref) && areBeside(one, other);
}

function isSame(a: ObjectRef, b: ObjectRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function areBeside(a: Exposure, b: Exposure): boolean {
  return a.scope === b.scope && folderOf(a.service.ref) === folderOf(b.service.ref);
}

function folderOf({ source }: ObjectRef): string | undefined {
  return source?.file.replace(/[^\\/]*$/, "");
}

/** Files of one folder are mostly for one cluster; that they are cannot be seen, other than within one file. */
function conflict(claim: Claim, holder: Claim): Outcome {
  const { ref } = claim.exposure.service;
  const other = holder.exposure.service.ref;
  const isCertain = ref.source?.file === other.source?.file;
  return violated({
    facts: [claim.fact],
    at: { resource: ref, path: claim.path },
    seen: `${claim.number}, which ${holder.path} of ${displayName(other)} has too`,
    wanted: "a number that no other Service has",
    effect: `the API server refuses the second of the two: provided port is already allocated`,
    related: [other],
    ...(isCertain ? {} : { assumption: "both files belong to one cluster" }),
  });
}
