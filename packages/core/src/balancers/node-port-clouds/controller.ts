import { byDefault, given, isUnknown, unknownAt, type Front, type Service } from "../../model";
import { IN_PLACE, type Built, type Controller, type Refusal } from "../controller";
import { sayBalancer } from "../texts";
import { claimsOf, isKeyOf } from "./claim";
import type { CloudFront, CloudSettings, NodePortCloud } from "./cloud";
import { configurationOf } from "./configuration";
import { orRefusal } from "./refusal";

/** Whoever builds the load balancers of a node-port cloud, from what its row says. */
export function controllerOfCloud(cloud: NodePortCloud): Controller {
  const { controller, annotations, healthCheckKeys } = cloud;
  const { name, title, environment, configFile, builds = () => true } = controller;
  const { prefixes, known, families = [], needs } = annotations;
  const keys = new Set(known);
  return {
    name,
    title,
    answersOn: (input) => {
      const claim = claimsOf(cloud, input);
      const settings = configurationOf(cloud, input);
      return (service) => {
        const evidence = claim(service);
        if (evidence === "no") return { claim: "no" };
        if (isUnknown(evidence)) return { claim: "unknown", unknown: evidence };
        if (!builds(settings ?? {}))
          return {
            claim: "leaves",
            evidence,
            reason: `${title} is configured to build no load balancers`,
            how: "set spec.loadBalancerClass",
          };
        return { claim: "takes", evidence, result: build(cloud, service, settings) };
      };
    },
    build: (service, { clouds = {} }) => build(cloud, service, clouds[name]),
    ...(environment ? { environment } : {}),
    ...(configFile ? { configFiles: [configFile.name] } : {}),
    annotations: {
      prefixes,
      known,
      ...(needs ? { needs } : {}),
      reads: (key) =>
        isKeyOf(cloud, key) && (keys.has(key) || families.some((family) => key.startsWith(family))),
    },
    targetKinds: ["node"],
    healthCheckKeys,
    change: () => IN_PLACE,
    excludeNode: sayBalancer("exclude-node-by-label"),
  };
}

/** One front a port, with a node port or without: without one the load balancer has no targets. */
function build(cloud: NodePortCloud, service: Service, found?: CloudSettings): Built | Refusal {
  const { version, ...settings } = found ?? {};
  const controller: Front["controller"] = {
    name: cloud.controller.name,
    ...(version === undefined ? {} : { version }),
    ...(found === undefined ? {} : { settings }),
  };
  return orRefusal(() => ({
    fronts: service.ports.map((port, index): Front => {
      const asked = { service, port, index, settings: found ?? {} };
      return frontOf(cloud, asked, controller, cloud.front(asked));
    }),
    left: [],
    notFollowed: [],
  }));
}

function frontOf(
  cloud: NodePortCloud,
  { service, port, index }: Parameters<NodePortCloud["front"]>[0],
  controller: Front["controller"],
  own: CloudFront,
): Front {
  const at = (field: string) => ({ resource: service.ref, path: `spec.ports[${index}].${field}` });
  const { targetPort, attributes = {}, ...rest } = own;
  const hasNoPort = targetPort === undefined && (port.nodePort === undefined || port.nodePort === 0);
  return {
    balancer: cloud.name,
    controller,
    resource: service.ref,
    related: [],
    servicePort: port.port,
    listener: { protocol: given(port.protocol, at("protocol")), port: given(port.port, at("port")) },
    targets: byDefault("node", { resource: service.ref, path: "spec.type" }),
    targetPort: targetPort ?? byDefault(port.nodePort ?? unknownAt(at("nodePort").path), at("nodePort")),
    ...(hasNoPort ? { members: [] } : {}),
    ...rest,
    attributes,
  };
}
