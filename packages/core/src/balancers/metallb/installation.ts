import { isUnknown, type Service, type Workload } from "../../model";
import type { ControllerInput, Evidence } from "../controller";
import { hasMetallbAnnotation } from "./annotations";
import { readAdvertisement, readPeer, readPool, type Advertisement, type Peer, type Pool } from "./objects";

/** What the input shows of MetalLB itself. */
export interface Installation {
  readonly pools: readonly Pool[];
  readonly advertisements: readonly Advertisement[];
  readonly peers: readonly Peer[];
  /** The class that it is restricted to, by its flag `--lb-class`. */
  readonly loadBalancerClass?: string;
  /** Its speakers ignore the label that excludes nodes. */
  readonly ignoresExcludeLabel: boolean;
}

/** Its objects in the input, read. */
export function readObjects(
  objects: ControllerInput["objects"],
): Pick<Installation, "pools" | "advertisements" | "peers"> {
  const read = (kind: string) => objects[kind] ?? [];
  return {
    pools: read("IPAddressPool").map(readPool),
    advertisements: [
      ...read("L2Advertisement").map((one) => readAdvertisement(one, "layer2")),
      ...read("BGPAdvertisement").map((one) => readAdvertisement(one, "bgp")),
    ],
    peers: read("BGPPeer").map(readPeer),
  };
}

export function installationIn({ objects, workloads }: ControllerInput): Installation {
  const flags = workloads.filter(isMetallb).flatMap(flagsOf);
  const loadBalancerClass = flags.flatMap((flag) => /^--lb-class=(.+)$/.exec(flag)?.[1] ?? [])[0];
  return {
    ...readObjects(objects),
    ...(loadBalancerClass === undefined ? {} : { loadBalancerClass }),
    ignoresExcludeLabel: flags.some((flag) => /^--ignore-exclude-lb(=true)?$/.test(flag)),
  };
}

function isMetallb({ template }: Workload): boolean {
  return template.spec.containers.some(({ image = "" }) => /metallb\/(speaker|controller)\b/.test(image));
}

function flagsOf({ template }: Workload): readonly string[] {
  return template.spec.containers.flatMap(({ args = [] }) => args);
}

/**
 * What shows that MetalLB takes the Service: the class that it is restricted to, or one with its name; without a class its annotations,
 * or address pools in the input. MetalLB takes every LoadBalancer Service without a class, unless it is restricted to one.
 */
export function evidenceFor(service: Service, installation: Installation): Evidence | undefined {
  const { loadBalancerClass: own } = installation;
  const asked = service.loadBalancerClass;
  if (asked !== undefined) {
    if (isUnknown(asked)) return undefined;
    return asked === own || (own === undefined && /metallb/i.test(asked)) ? "class" : undefined;
  }
  if (own !== undefined) return undefined;
  if (hasMetallbAnnotation(service)) return "annotation";
  return installation.pools.length > 0 ? "objects" : undefined;
}
