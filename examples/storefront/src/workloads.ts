// Plain records that the Deployment and the component both read, so that what is decided and what runs cannot part.

/** As many pods on one node as on any other, give or take one. */
const evenly = (app: string) => [
  {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: { matchLabels: { app } },
  },
];

/** Terminating pods serve on until the load balancer has seen that they are going. */
const drain = { preStop: { sleep: { seconds: 25 } } };

export const web = {
  replicas: 18,
  labels: { app: "web" },
  spec: {
    topologySpreadConstraints: evenly("web"),
    terminationGracePeriodSeconds: 40,
    containers: [
      {
        name: "web",
        image: "registry.example.com/storefront/web:1.4.2",
        ports: [
          { name: "http", containerPort: 8080 },
          { name: "https", containerPort: 8443 },
        ],
        readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
        resources: { requests: { cpu: "500m", memory: "512Mi" } },
        lifecycle: drain,
      },
    ],
  },
};

export const api = {
  replicas: 9,
  labels: { app: "api" },
  spec: {
    topologySpreadConstraints: evenly("api"),
    terminationGracePeriodSeconds: 60,
    containers: [
      {
        name: "api",
        image: "registry.example.com/storefront/api:2.0.1",
        ports: [{ name: "grpc", containerPort: 9090 }],
        readinessProbe: { grpc: { port: 9090 } },
        resources: { requests: { cpu: "1", memory: "1Gi" } },
        lifecycle: { preStop: { sleep: { seconds: 45 } } },
      },
    ],
  },
};
