import { anything, spoiled } from "@evenkeel/test-generators";
import fc from "fast-check";
import {
  clusterFromShape,
  readCluster,
  decidedComponent,
  fromWire,
  isExposed,
  problemText,
  readKubernetes,
  readPulumi,
  readPulumiDocument,
  type PulumiResource,
} from ".";

// Whatever stands in the input, readers return; and what they return can be looked at by everybody below.

const RUNS = { numRuns: 300 };

const metadata = { name: "web", namespace: "shop", labels: { app: "web" }, annotations: {} };
const OBJECTS: readonly object[] = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      ...metadata,
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-type": "external",
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "http",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "http",
      },
    },
    spec: {
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      selector: { app: "web" },
      ports: [
        { name: "http", port: 80, targetPort: 8080, nodePort: 30080 },
        { name: "dns", port: 53, protocol: "UDP" },
      ],
      ipFamilies: ["IPv4"],
      externalIPs: ["192.0.2.1"],
    },
    status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: 3,
      selector: {
        matchLabels: { app: "web" },
        matchExpressions: [{ key: "a", operator: "In", values: ["b"] }],
      },
      template: {
        metadata,
        spec: {
          containers: [
            {
              name: "web",
              resources: { requests: { cpu: "1", memory: "1Gi" } },
              ports: [{ containerPort: 80 }],
            },
          ],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [] }],
              },
            },
          },
          topologySpreadConstraints: [
            { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" },
          ],
          tolerations: [{ key: "a", operator: "Exists" }],
        },
      },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%" } },
    },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 2, maxReplicas: 4 },
  },
  {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata,
    spec: { selector: { matchLabels: { app: "web" } }, minAvailable: "50%" },
  },
  {
    apiVersion: "v1",
    kind: "Node",
    metadata,
    spec: { taints: [{ key: "a", effect: "NoSchedule" }] },
    status: { allocatable: { cpu: "4" }, conditions: [{ type: "Ready", status: "True" }] },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, ownerReferences: [{ kind: "ReplicaSet", name: "web", controller: true }] },
    spec: { nodeName: "web", containers: [] },
    status: { phase: "Running" },
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...metadata, labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080 }],
    endpoints: [
      {
        addresses: ["10.0.0.1"],
        nodeName: "web",
        conditions: { ready: true },
        hints: { forZones: [{ name: "a" }] },
      },
    ],
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata, annotations: { "evenkeel.io/service": "shop/web" } },
    data: {
      "haproxy.cfg": "listen web\n bind :80\n server a 10.0.0.1:30080 check port 30081\n",
      "use-proxy-protocol": "true",
    },
  },
  {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata,
    spec: { serviceRef: { name: "web", port: 80 }, targetGroupARN: "arn", targetType: "ip" },
  },
];

const RESOURCES: readonly PulumiResource[] = [
  {
    type: "kubernetes:core/v1:Service",
    urn: "urn:svc",
    name: "web",
    properties: OBJECTS[0] as PulumiResource["properties"],
  },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    urn: "urn:tg",
    name: "web",
    properties: {
      port: 30080,
      protocol: "TCP",
      healthCheck: { protocol: "HTTP", port: "30081", interval: 10 },
      stickiness: { type: "source_ip" },
      targetHealthStates: [{}],
      tags: { a: "b" },
    },
    propertyDependencies: { port: ["urn:svc"] },
  },
  {
    type: "aws:alb/listener:Listener",
    urn: "urn:l",
    name: "web",
    properties: {
      port: 80,
      protocol: "TCP",
      loadBalancerArn: "arn:lb",
      defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: "arn:tg" }] } }],
    },
    propertyDependencies: { defaultActions: ["urn:tg"], loadBalancerArn: ["urn:lb"] },
  },
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    urn: "urn:lb",
    name: "web",
    properties: { arn: "arn:lb", internal: true },
  },
  {
    type: "aws:autoscaling/attachment:Attachment",
    urn: "urn:a",
    name: "web",
    properties: { lbTargetGroupArn: "arn:tg" },
  },
];

const COMPONENT = {
  ports: [{ name: "http", port: 80, targetPort: 8080 }],
  scheme: "internal",
  controllerOwned: {},
  trafficPolicy: "Local",
  healthCheck: { intervalSeconds: 10 },
  workload: { kind: "Deployment", replicas: 3, labels: { app: "web" }, spec: {} },
  cluster: { nodes: [{ count: 3, zones: ["a"] }] },
};

function look(reading: ReturnType<typeof readKubernetes>): void {
  reading.exposures.forEach(isExposed);
  expect(reading.problems.map(problemText).join("\n")).not.toMatch(/undefined|\[object/);
}

test("Kubernetes objects with anything in them", () => {
  fc.assert(
    fc.property(spoiled(OBJECTS), (objects) => {
      look(
        readKubernetes((Array.isArray(objects) ? objects : [objects]).map((object: unknown) => ({ object }))),
      );
    }),
    RUNS,
  );
});

test("anything for an object", () => {
  fc.assert(
    fc.property(anything, (object) => {
      expect(readKubernetes([{ object }]).exposures.length).toBeLessThanOrEqual(1);
    }),
    RUNS,
  );
});

test("Pulumi resources with anything in their properties", () => {
  const properties = fc.tuple(...RESOURCES.map((resource) => spoiled(resource.properties)));
  fc.assert(
    fc.property(properties, (all) => {
      const resources = RESOURCES.map((resource, index) => ({
        ...resource,
        properties: all[index] as PulumiResource["properties"],
      }));
      look(readPulumi(resources));
    }),
    RUNS,
  );
});

test("documents with anything in them", () => {
  const resources = RESOURCES.map(({ properties, ...rest }) => ({
    ...rest,
    custom: true,
    inputs: properties,
    outputs: properties,
  }));
  const document = fc.oneof(
    spoiled({ version: 3, deployment: { resources } }),
    spoiled({ steps: resources.map((newState) => ({ op: "create", newState })) }),
    anything,
  );
  fc.assert(
    fc.property(document, (one) => {
      look(readPulumiDocument(one, { joinWith: [one] }));
      fromWire(one);
    }),
    RUNS,
  );
});

test("clusters in their short form with anything in them", () => {
  fc.assert(
    fc.property(fc.oneof(spoiled(COMPONENT.cluster), anything), (written) => {
      const { cluster, problems } = clusterFromShape(written);
      expect(new Set(cluster.nodes.map(({ name }) => name)).size).toBe(cluster.nodes.length);
      expect(problems.join("\n")).not.toContain("[object");
    }),
    RUNS,
  );
});

test("clusters as kubectl prints them with anything in them", () => {
  fc.assert(
    fc.property(fc.oneof(spoiled(OBJECTS), anything), (items) => {
      const { cluster, problems } = readCluster({ apiVersion: "v1", kind: "List", items });
      expect(cluster.nodes.length > 0 || problems.length > 0).toBe(true);
    }),
    RUNS,
  );
});

test.each(["NlbInstanceService", "InternalService"])("arguments of an %s with anything in them", (kind) => {
  fc.assert(
    fc.property(spoiled(COMPONENT), (inputs) => {
      decidedComponent(`evenkeel:index:${kind}`, inputs, { name: "web", urn: "urn:web" });
    }),
    { numRuns: 25 },
  );
});
