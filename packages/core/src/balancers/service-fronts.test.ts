import { webService } from "@evenkeel/test-generators";
import type { Service } from "../model";
import { serviceFrontsOn } from "./service-fronts";

const serviceFronts = (service: Service) =>
  serviceFrontsOn({ services: [service], nodes: [], workloads: [], objects: {}, settings: {} })(service);

const LBC = { loadBalancerClass: "service.k8s.aws/nlb" };
const actions = (name: string) => ({
  annotations: { [`service.beta.kubernetes.io/actions.${name}`]: '{"type":"forward"}' },
});
const said = (service: Service) =>
  serviceFronts(service).missing.map(({ what, detail }) => [what, /^actions\S+/.exec(detail)?.[0]]);

test("a listener that is forwarded by weight is followed in part, and that is reported", () => {
  const service = webService({ ...LBC, ...actions("TCP-80") });
  expect(serviceFronts(service).fronts).toHaveLength(1);
  expect(said(service)).toEqual([["front", "actions.TCP-80"]]);
});

test("the annotation of another listener, or before another controller, says nothing", () => {
  expect(said(webService(LBC))).toEqual([]);
  expect(said(webService({ ...LBC, ...actions("TCP-81") }))).toEqual([]);
  expect(said(webService({ ...LBC, ...actions("TLS-80") }))).toEqual([]);
  const { annotations } = actions("TCP-80");
  const nlb = { ...annotations, "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
  expect(said(webService({ annotations: nlb }))).toEqual([]);
});
