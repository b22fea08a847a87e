import { ASSUMED_LOAD } from "@evenkeel/core/estimate";
import { isKnown, isUnknown, kubeletLabels, type Cluster, type Knowable } from "@evenkeel/core/model";
import type { CountedGroup, GroupTaint, NodeGroup } from "../cluster/node-group";
import { clusterFromShape } from "../cluster/shape";
import { problemsOf, type Problem } from "../problem";
import { feedersOf, resourceRef, type PulumiResource } from "../pulumi/resource";
import { elements, isAbsent, isMap, member, notes } from "../reading/field";
import { present } from "../reading/present";
import { offerOf, type Offer } from "./instance-type";
import { numberOf, openAws, textOf, type AwsResource } from "./property";
import { zonesOf } from "./subnet-zones";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** What a stack's own EKS cluster says of the nodes that its Services run on. */
export interface StackCluster {
  /** Absent where the stack has no node groups, has them of several clusters, or tells the size of none. */
  readonly cluster?: Cluster;
  readonly kubernetesVersion?: string;
  readonly problems: readonly Problem[];
}

/**
 * Reads the managed node groups of EKS among the resources: as many nodes as they are to have now, in the range of their scaling
 * configuration, in the zones of their subnets. What a node offers is worked out from its instance type where the name tells; what
 * is not known is left out, or assumed, and `readFrom` of the cluster says so.
 */
export function stackCluster(resources: readonly PulumiResource[]): StackCluster {
  const clusters = resources.filter(({ type }) => type === CLUSTER);
  const groups = resources.filter(({ type }) => type === NODE_GROUP);
  const owners = new Set(groups.map((group) => ownerOf(group, clusters)));
  // Which of several clusters a Service runs on, nothing here says.
  if (owners.size > 1 || (groups.length === 0 && clusters.length > 1)) return { problems: [] };
  const into = { problems: [] as Problem[] };
  const open = (resource: PulumiResource): AwsResource =>
    openAws(resourceRef("NodeGroup", resource), resource, notes());
  const opened = groups.map(open);
  const read = opened.map((group) => readNodeGroup(group, resources));
  for (const { ref, notes: found } of opened) into.problems.push(...problemsOf(ref, found));
  const [owner] = owners;
  const kubernetesVersion = versionOf(
    clusters.filter(({ urn }) => owner === undefined || urn === owner),
    groups,
  );
  const sized = read.flatMap(({ group }) => group ?? []);
  if (sized.length === 0) return present({ kubernetesVersion, ...into });
  const { cluster } = clusterFromShape({ nodes: sized });
  const readFrom = {
    name: "the stack's node groups",
    says: `the nodes are those of the stack's node groups: ${read.map(({ says }) => says).join("; ")}; up to ${ASSUMED_LOAD * 100} % of each is already requested`,
  };
  return present({
    cluster: { ...cluster, backgroundLoad: ASSUMED_LOAD, readFrom },
    kubernetesVersion,
    ...into,
  });
}

/** URN of the cluster's resource where it is in sight, else its name; undefined where neither is known. */
function ownerOf(group: PulumiResource, clusters: readonly PulumiResource[]): string | undefined {
  const { clusterName } = group.properties;
  const byName = clusters.find(
    ({ properties }) => properties.name === clusterName && typeof clusterName === "string",
  );
  if (byName) return byName.urn;
  const feeders = feedersOf(group, "clusterName");
  const byUrn = clusters.find(({ urn }) => feeders.includes(urn));
  return byUrn?.urn ?? (typeof clusterName === "string" ? clusterName : undefined);
}

/** The control plane's version; its nodes' where that is not in sight. */
function versionOf(
  clusters: readonly PulumiResource[],
  groups: readonly PulumiResource[],
): string | undefined {
  const [version] = [...clusters, ...groups].flatMap(({ properties }) =>
    typeof properties.version === "string" ? [properties.version] : [],
  );
  return version;
}

interface ReadGroup {
  /** Absent where the number of nodes is not known. */
  readonly group?: NodeGroup;
  /** What it is, or what of it is not known. */
  readonly says: string;
}

function readNodeGroup(aws: AwsResource, resources: readonly PulumiResource[]): ReadGroup {
  const { name } = aws.ref;
  const size = sizeOf(aws);
  if (!size) return { says: `${name}, whose number of nodes is not known yet, is left out` };
  const zones = zonesOf(aws, resources);
  const { labels: ofType, offer, says } = offerFor(aws);
  const groupName = known(textOf(aws, member(aws.properties, "nodeGroupName")));
  const labels = {
    ...(groupName === undefined ? {} : { "eks.amazonaws.com/nodegroup": groupName }),
    ...ofType,
    ...labelsOf(aws),
  };
  const group: CountedGroup = {
    name,
    ...size,
    ...(zones ? { zones } : {}),
    ...offer,
    labels,
    taints: taintsOf(aws),
  };
  return {
    group,
    says: `${size.count} of ${name}, ${says}${zones ? "" : ", in zones that are not known, since its subnets were not found in the input"}`,
  };
}

/** The number now and the range; undefined where not even the fewest are known. */
function sizeOf(aws: AwsResource): Pick<CountedGroup, "count" | "min" | "max"> | undefined {
  const scaling = member(aws.properties, "scalingConfig");
  const number = (key: string): number | undefined => known(numberOf(aws, member(scaling, key)));
  const [desired, min, max] = [number("desiredSize"), number("minSize"), number("maxSize")];
  const count = desired ?? min;
  if (count === undefined || count < 0) return undefined;
  // What AWS would refuse is no range.
  const isRange = min !== undefined && max !== undefined && 0 <= min && min <= count && count <= max;
  return isRange && min < max ? { count, min, max } : { count };
}

interface GroupOffer {
  readonly offer: Pick<NodeGroup, "cpu" | "memory" | "pods">;
  readonly labels: Readonly<Record<string, string>>;
  readonly says: string;
}

const UNKNOWN_OFFER = "counted as 4 CPUs and 16Gi each";

function offerFor(aws: AwsResource): GroupOffer {
  const types = instanceTypesOf(aws);
  const none = { offer: {}, labels: {} };
  if (!types) return { ...none, says: `of a type that is not known, ${UNKNOWN_OFFER}` };
  const named = types.join(" or ");
  const offers = types.flatMap((type) => offerOf(type) ?? []);
  const labels: Record<string, string> = {};
  if (types.length === 1 && types[0]) labels["node.kubernetes.io/instance-type"] = types[0];
  if (offers.length < types.length) return { offer: {}, labels, says: `${named}, ${UNKNOWN_OFFER}` };
  const least = (of: (offer: Offer) => number): number => Math.min(...offers.map(of));
  const offer = {
    cpu: `${least(({ cpu }) => cpu)}m`,
    memory: `${least(({ memoryMiB }) => memoryMiB)}Mi`,
    pods: least(({ pods }) => pods),
  };
  if (offers.every(({ arm }) => arm)) Object.assign(labels, kubeletLabels("arm64"));
  return {
    offer,
    labels,
    says: `${named}, which offer${types.length === 1 ? "s" : " at least"} about ${offer.cpu} CPU and ${offer.memory} to pods`,
  };
}

/** EKS takes t3.medium where nobody says; a launch template may say it out of sight. */
function instanceTypesOf(aws: AwsResource): readonly string[] | undefined {
  const field = member(aws.properties, "instanceTypes");
  if (isUnknown(field.value)) return undefined;
  const types = elements(field).map((one) => textOf(aws, one));
  if (types.length > 0) return types.every((one) => typeof one === "string") ? types : undefined;
  return isAbsent(member(aws.properties, "launchTemplate")) ? ["t3.medium"] : undefined;
}

function labelsOf(aws: AwsResource): Readonly<Record<string, string>> {
  const { value } = member(aws.properties, "labels");
  if (!isMap(value) || isUnknown(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const EFFECTS: Readonly<Record<string, GroupTaint["effect"]>> = Object.freeze({
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
});

function taintsOf(aws: AwsResource): readonly GroupTaint[] {
  return elements(member(aws.properties, "taints")).flatMap((taint): GroupTaint[] => {
    const text = (key: string): string | undefined => known(textOf(aws, member(taint, key)));
    const effect = EFFECTS[text("effect") ?? ""];
    const key = text("key");
    return key === undefined || key === "" || effect === undefined
      ? []
      : [present({ key, value: text("value"), effect })];
  });
}

function known<T>(value: Knowable<T> | undefined): T | undefined {
  return value !== undefined && isKnown(value) ? value : undefined;
}
