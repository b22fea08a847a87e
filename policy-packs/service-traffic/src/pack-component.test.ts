import { packUnderTest } from "../test/pack-under-test";
import type { Told } from "../test/pack-process";
import {
  annotatedService,
  deployment,
  KUBE_PROXY_CHECK,
  ownService,
  targetGroup,
  TCP_CHECK,
} from "../test/resources";
import { UNKNOWN, urnOf, type WireResource } from "../test/wire";

const RULE = "local-needs-http-health-check";

const pack = packUnderTest();

function component(args: object): WireResource {
  const workload = {
    labels: { app: "web" },
    replicas: 3,
    spec: { containers: [{ name: "web", image: "web:1" }] },
  };
  return {
    type: "evenkeel:index:NlbInstanceService",
    name: "web",
    inputs: {
      namespace: "shop",
      trafficPolicy: "Local",
      scheme: "internet-facing",
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
      workload,
      pulumiOwned: { subnets: ["subnet-1"], vpcId: "vpc-1" },
      ...args,
    },
    // What it registers is less than what it was given.
    outputs: { hostname: UNKNOWN },
  };
}

/** The children of a component whose load balancer the program builds; ports are allocated when the Service is created. */
function children(of: WireResource, healthCheck: object): readonly WireResource[] {
  const parent = urnOf(of);
  const service = {
    ...ownService("web", {
      externalTrafficPolicy: "Local",
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
    }),
    parent,
  };
  const group = { ...targetGroup("web-http", { port: UNKNOWN, healthCheck }, { from: service }), parent };
  return [service, group];
}

const ofRule = (told: readonly Told[]) =>
  told
    .filter(({ policy, text }) => policy === RULE || text.startsWith(RULE))
    .map(({ policy, level, urn, stage }) => [policy, level, urn, stage]);

test("a component that is right is told nothing, though the ports of its children are not known yet", async () => {
  const right = component({});
  const stack = [right, ...children(right, { ...KUBE_PROXY_CHECK, port: UNKNOWN }), deployment("web")];
  expect(await pack().preview(stack)).toEqual([]);
});

test("a component that is wrong is told so before it is created, once, and not again of its children", async () => {
  const wrong = component({ healthCheck: { protocol: "TCP" } });
  const told = ofRule(await pack().preview([wrong, ...children(wrong, TCP_CHECK), deployment("web")]));
  expect(told).toEqual([[RULE, "mandatory", urnOf(wrong), "resource"]]);
});

test("so is one whose child, an annotated Service, would be told of by itself", async () => {
  const { pulumiOwned: _none, ...inputs } = component({ healthCheck: { protocol: "TCP" } }).inputs as Record<
    string,
    unknown
  >;
  const wrong = { ...component({}), inputs: { ...inputs, controllerOwned: {} } };
  const spec = { externalTrafficPolicy: "Local" };
  const child = { ...annotatedService("web", { "healthcheck-protocol": "tcp" }, spec), parent: urnOf(wrong) };
  const told = ofRule(await pack().preview([wrong, child, deployment("web")]));
  expect(told).toEqual([[RULE, "mandatory", urnOf(wrong), "resource"]]);
});

test("what a transform breaks below a right component is told of the child", async () => {
  const right = component({});
  const [service, group] = children(right, TCP_CHECK);
  if (!service || !group) throw new Error("no children");
  const told = ofRule(await pack().preview([right, service, group, deployment("web")]));
  expect(told).toEqual([[RULE, "mandatory", urnOf(group), "stack"]]);
});

test("without the arguments, the children speak for themselves", async () => {
  const wrong = component({ healthCheck: { protocol: "TCP" } });
  await pack().configure({});
  const [service, group] = children(wrong, TCP_CHECK);
  if (!service || !group) throw new Error("no children");
  expect(ofRule(await pack().analyzeStack([wrong, service, group, deployment("web")]))).toEqual([
    [RULE, "mandatory", urnOf(group), "stack"],
  ]);
});

test("what the arguments leave open is joined at the stack stage", async () => {
  // Packs receive a resource that was passed as an argument as its URN.
  const workload = deployment("web", { replicas: 1 });
  const open = component({ workload: undefined, deployment: urnOf(workload), trafficPolicy: "Local" });
  const told = await pack().preview([
    open,
    ...children(open, { ...KUBE_PROXY_CHECK, port: UNKNOWN }),
    workload,
  ]);
  expect(told.filter(({ policy }) => policy === "local-needs-several-nodes")).toMatchObject([
    { level: "advisory", urn: urnOf(workload), stage: "stack" },
  ]);
});
