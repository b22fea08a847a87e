import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MISTAKES = 4;

/**
 * Writes `count` manifests, a file each: Services of type LoadBalancer behind an NLB and the Deployments that they select, half and
 * half; every fourth Service has no scheme, so that there is something to find and to locate.
 */
export function writeManifests(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count / 2; index += 1) {
    writeFileSync(join(folder, `service-${index}.yaml`), service(index));
    writeFileSync(join(folder, `deployment-${index}.yaml`), deployment(index));
  }
}

function service(index: number): string {
  const scheme = "    service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing\n";
  return `apiVersion: v1
kind: Service
metadata:
  name: web-${index}
  namespace: shop
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: external
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance
${index % MISTAKES === 0 ? "" : scheme}spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web-${index}
  ports:
    - name: https
      port: 443
      targetPort: 8443
`;
}

function deployment(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
  namespace: shop
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web-${index}
  template:
    metadata:
      labels:
        app: web-${index}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          resources:
            requests:
              cpu: 250m
              memory: 256Mi
          ports:
            - containerPort: 8443
`;
}
