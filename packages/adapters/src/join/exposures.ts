import { serviceFrontsOn, type ControllerSettings } from "@evenkeel/core/balancers";
import {
  isKnown,
  type Exposure,
  type Inventory,
  type Missing,
  type Service,
  type Workload,
} from "@evenkeel/core/model";
import type { AwsRecords } from "../aws/records";
import { clusterFrom } from "../cluster/cluster-from";
import type { ClusterOptions } from "../cluster/cluster-options";
import type { ResolvedVersion } from "../cluster/kubernetes-version";
import { isStored, writtenObject } from "../kubernetes/object";
import { endpointsOf, indexSlices } from "./endpoints";
import type { HaproxySource } from "../haproxy/config";
import { haproxyFronts } from "../haproxy/haproxy-fronts";
import type { Objects, OpenedService } from "./objects";
import { rivalsAmong } from "./overlay";
import { readsProxyProtocol } from "./proxy-protocol";
import { targetGroupFronts } from "../aws/target-group-fronts";
import { callersAmong, wishesOf } from "./wishes";
import { allOf, indexWorkloads } from "./workload-index";
import { workloadsOf } from "./workloads";

export interface JoinOptions extends ClusterOptions {
  /** Configurations of HAProxy that are files of their own; those in ConfigMaps are found there. */
  readonly haproxy?: readonly HaproxySource[];
  /** How the controllers of load balancers are set up, where it is not their default. */
  readonly controllers?: ControllerSettings;
}

export type Joined = Required<Pick<Inventory, "exposures" | "workloads" | "unjoined">>;

/**
 * One Exposure a Service, internal ones too: fronts from its class and annotations, from target groups and from configurations of
 * HAProxy, workloads by its selector, the cluster from the nodes and pods, endpoints from its EndpointSlices. What is not in sight is said.
 */
export function joinExposures(
  objects: Objects,
  aws: AwsRecords,
  options: JoinOptions,
  version?: ResolvedVersion,
): Joined {
  const cluster = clusterFrom(objects.nodes, objects.pods, options, version);
  const workloads = indexWorkloads(objects.workloads, objects);
  const isCalled = callersAmong(objects.workloads);
  const slices = indexSlices(objects.slices);
  const living = objects.services.filter(({ deleting }) => !deleting);
  const { byService, unjoined } = targetGroupFronts(
    aws,
    objects.bindings,
    living.map(({ service, object: { scope } }) => ({ service, scope })),
  );
  const proxies = haproxyFronts(
    objects.haproxy,
    { services: living.map(({ service }) => service), pods: objects.pods, slices: objects.slices },
    cluster.nodes,
  );
  const frontsOf = serviceFrontsOn({
    services: living.map(({ service }) => service),
    nodes: cluster.nodes,
    workloads: objects.workloads.map(({ workload }) => workload),
    objects: objects.controllerObjects,
    configFiles: objects.configFiles,
    settings: options.controllers ?? {},
  });
  const rivalsOf = { true: rivalsWhere(living, true), false: rivalsWhere(living, false) };
  const exposures = living.map((opened): Exposure => {
    const { service } = opened;
    const rivals = rivalsOf[`${isStored(opened.object)}`](service.ref);
    const joined = workloadsOf(service, workloads, { ...opened.object, rivals });
    const own = frontsOf(service);
    const found = [byService.get(service), proxies.byService.get(service)];
    const other = {
      fronts: found.flatMap((one) => one?.fronts ?? []),
      missing: found.flatMap((one) => one?.missing ?? []),
    };
    const isAnswered = other.fronts.length > 0 || other.missing.some(({ what }) => what === "front");
    // What people keep by hand is as written; what a controller observed is of use only where the nodes are in sight too.
    const isByHand = service.selector === undefined;
    const endpoints = isByHand || cluster.nodes.length > 0 ? endpointsOf(service, slices, rivals) : undefined;
    const wishes = wishesOf(service, isCalled(opened, joined.workloads));
    const written = writtenObject(opened.object);
    const reads = readsProxyProtocol(joined.workloads, objects.configMaps);
    return {
      service,
      ...(written ? { written } : {}),
      ...(opened.object.before ? { stored: opened.object.before } : {}),
      ...(opened.object.scope === undefined ? {} : { scope: opened.object.scope }),
      fronts: [...own.fronts, ...other.fronts],
      workloads: joined.workloads,
      cluster,
      ...(endpoints ? { endpoints } : {}),
      missing: [
        ...openParts(opened),
        ...joined.missing,
        // Who builds the load balancer is only a question while nothing is known to stand in front.
        ...(isAnswered ? [] : own.missing),
        ...other.missing,
      ],
      ...(wishes ? { wishes } : {}),
      ...(reads ? { readsProxyProtocol: reads } : {}),
    };
  });
  const selected = new Set(exposures.flatMap((one) => one.workloads));
  // One that nobody selects and that lacks what every workload has is a part of one, which something else completes.
  const alone = allOf(workloads).filter((workload) => !selected.has(workload) && isWholeWorkload(workload));
  return {
    exposures,
    workloads: alone.map((workload) => ({ workload, cluster })),
    unjoined: [...unjoined, ...proxies.unjoined],
  };
}

function isWholeWorkload({ selector, template }: Workload): boolean {
  const { containers } = template.spec;
  return (
    selector !== undefined && containers.length > 0 && containers.every(({ image }) => image !== undefined)
  );
}

/** Whether anything outside the cluster can reach the Service. The others matter to rules about the inside alone. */
export function isExposed({ service, fronts }: Exposure): boolean {
  return fronts.length > 0 || isOutward(service);
}

function isOutward({ type, externalIPs }: Service): boolean {
  const isInward = isKnown(type) && (type === "ClusterIP" || type === "ExternalName");
  return !isInward || (isKnown(externalIPs) && externalIPs.length > 0 && type !== "ExternalName");
}

/** Parts that are not known as a whole, behind which anything may stand. */
function openParts({ unknown, service }: OpenedService): readonly Missing[] {
  return unknown.map(({ path }) => ({
    what: "front" as const,
    detail: `${path} of ${service.ref.kind} ${service.ref.namespace ?? ""}/${service.ref.name} is not known yet, nor what it configures of the load balancer`,
    how: `set ${path} to plain values, or run again once it is known`,
  }));
}

/** A Service that runs is no rival of the one in a file, which will take its place, but both have rivals among their like. */
function rivalsWhere(services: readonly OpenedService[], stored: boolean): ReturnType<typeof rivalsAmong> {
  return rivalsAmong(services.flatMap((one) => (isStored(one.object) === stored ? [one.service.ref] : [])));
}
