import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

// The cluster is made by the same program, so that its provider has no kubeconfig at preview and answers nothing.

const cluster = new aws.lb.LoadBalancer("cluster", { subnets: ["subnet-a"], loadBalancerType: "network" });
const kubeconfig = pulumi.interpolate`{ "clusters": [{ "name": "c", "cluster": { "server": "https://${cluster.dnsName}" } }] }`;
const provider = new k8s.Provider("later", { kubeconfig });
const namespace = new k8s.core.v1.Namespace("shop", {}, { provider });

new k8s.core.v1.Service(
  "web",
  {
    metadata: { namespace: namespace.metadata.name },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "evenkeel.io/unmanaged",
      externalTrafficPolicy: "Local",
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  },
  { provider },
);
