import { isUnknown } from "@evenkeel/core/model";
import { feedersOf, type PulumiResource } from "../pulumi/resource";
import type { AwsResource } from "./property";

const SUBNET = "aws:ec2/subnet:Subnet";

/**
 * The zones of the subnets that a resource names in `subnetIds`, each once, in alphabetical order; undefined unless all of them are
 * known. An id that is not known yet is that of a subnet that the property was computed from.
 */
export function zonesOf(
  { resource }: AwsResource,
  resources: readonly PulumiResource[],
): readonly string[] | undefined {
  const subnets = resources.filter(({ type }) => type === SUBNET);
  const named = namedSubnets(resource, subnets);
  const zones = named?.map(({ properties }) => properties.availabilityZone);
  if (!zones || zones.length === 0 || !zones.every((zone) => typeof zone === "string")) return undefined;
  return [...new Set(zones)].sort();
}

function namedSubnets(
  resource: PulumiResource,
  subnets: readonly PulumiResource[],
): readonly PulumiResource[] | undefined {
  const { subnetIds } = resource.properties;
  const feeding = () => {
    const urns = feedersOf(resource, "subnetIds");
    return subnets.filter(({ urn }) => urns.includes(urn));
  };
  if (isUnknown(subnetIds)) return feeding();
  if (!Array.isArray(subnetIds)) return undefined;
  const found = subnetIds.map((id: unknown) =>
    subnets.find(({ properties }) => id === properties.id && typeof id === "string"),
  );
  if (found.every((one) => one !== undefined)) return found;
  // As many subnets as ids: each is one of them.
  const others = feeding();
  return others.length === subnetIds.length ? others : undefined;
}
