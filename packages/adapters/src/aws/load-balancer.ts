import { aws as controllers } from "@evenkeel/core/balancers";
import {
  isUnknown,
  mapKnown,
  type AttributeValue,
  type Knowable,
  type ObjectRef,
  type Scheme,
  type Setting,
} from "@evenkeel/core/model";
import { member, type Field } from "../reading/field";
import { booleanOf, settingOf, textOf, type AwsResource } from "./property";

export interface LoadBalancerRecord {
  readonly ref: ObjectRef;
  readonly arn?: string;
  readonly scheme: Setting<Scheme>;
  /** Attributes by AWS's names, and `load_balancer.type`, `ip_address_type`. */
  readonly attributes: Readonly<Record<string, Setting<AttributeValue>>>;
}

/** Defaults of the provider: an application load balancer, facing the internet. */
export function readLoadBalancer(aws: AwsResource): LoadBalancerRecord {
  const { ref, properties } = aws;
  const arn = member(properties, "arn").value;
  return {
    ref,
    ...(typeof arn === "string" ? { arn } : {}),
    scheme: settingOf<Scheme>(aws, properties, "internal", schemeOf, "internet-facing"),
    attributes: {
      "load_balancer.type": settingOf<AttributeValue>(
        aws,
        properties,
        "loadBalancerType",
        textOf,
        "application",
      ),
      ip_address_type: settingOf<AttributeValue>(aws, properties, "ipAddressType", textOf, "ipv4"),
      [controllers.CROSS_ZONE]: settingOf<AttributeValue>(
        aws,
        properties,
        "enableCrossZoneLoadBalancing",
        booleanOf,
        false,
      ),
      [controllers.DNS_ROUTING]: settingOf<AttributeValue>(
        aws,
        properties,
        "dnsRecordClientRoutingPolicy",
        textOf,
        "any_availability_zone",
      ),
    },
  };
}

function schemeOf(aws: AwsResource, field: Field): Knowable<Scheme> | undefined {
  const internal = booleanOf(aws, field);
  return internal === undefined || isUnknown(internal)
    ? internal
    : mapKnown(internal, (yes): Scheme => (yes ? "internal" : "internet-facing"));
}
