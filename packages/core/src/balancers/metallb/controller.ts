import { isUnknown, type Service } from "../../model";
import { IN_PLACE, type Controller, type ControllerAnswer } from "../controller";
import { METALLB_KEYS } from "./annotations";
import { frontsFor } from "./fronts";
import { evidenceFor, installationIn, type Installation } from "./installation";
import { grantsOn } from "./requests";
import type { Grant } from "./sharing";
import { sayMetallb } from "./texts";

/** MetalLB, for Services of its class, with its annotations, or in a cluster whose address pools are part of the input. */
export const metallbController: Controller = {
  name: "metallb",
  title: "MetalLB",
  objectKinds: ["IPAddressPool", "L2Advertisement", "BGPAdvertisement", "BGPPeer"].map((kind) => ({
    group: "metallb.io",
    kind,
  })),
  answersOn: (input) => {
    const installation = installationIn(input);
    const grantOf = grantsOn(input, installation);
    return (service) => answer(service, installation, grantOf(service));
  },
  annotations: METALLB_KEYS,
  targetKinds: ["node"],
  healthCheckKeys: [],
  change: () => IN_PLACE,
  excludeNode: sayMetallb("exclude-node-from-metallb"),
};

function answer(service: Service, installation: Installation, grant: Grant | undefined): ControllerAnswer {
  const { type, loadBalancerClass } = service;
  if (isUnknown(type)) return { claim: "unknown", unknown: type };
  if (type !== "LoadBalancer") return { claim: "no" };
  if (loadBalancerClass !== undefined && isUnknown(loadBalancerClass))
    return { claim: "unknown", unknown: loadBalancerClass };
  const evidence = evidenceFor(service, installation);
  if (!evidence) return { claim: "no" };
  return { claim: "takes", evidence, result: frontsFor(service, installation, grant) };
}
