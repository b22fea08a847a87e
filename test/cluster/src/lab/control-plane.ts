import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Probe } from "./probe";
import { api, type Api } from "./api";
import { CONTROL_PLANE, SERVICE_RANGE } from "./plan";
import { type Service, start, until } from "./process";

export interface ControlPlane {
  readonly api: Api;
  readonly processes: readonly Service[];
  /** What kube-proxy gets to talk to the API server with. */
  readonly kubeconfig: string;
}

/** etcd and an API server, in the control plane's namespace; ready when this returns. */
export async function startControlPlane(
  binaries: string,
  namespace: string,
  probe: Probe,
  folder: string,
  started: (service: Service) => void,
): Promise<ControlPlane> {
  const token = { admin: randomBytes(16).toString("hex"), proxy: randomBytes(16).toString("hex") };
  const path = (name: string) => join(folder, name);
  writeFileSync(
    path("tokens.csv"),
    `${token.admin},admin,1,"system:masters"\n${token.proxy},system:kube-proxy,2\n`,
  );
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  writeFileSync(path("accounts.pub"), keys.publicKey);
  writeFileSync(path("accounts.key"), keys.privateKey);

  const run = (name: string, args: readonly string[]) => {
    const service = start(name, namespace, join(binaries, name), args, path(`${name}.log`));
    started(service);
    return service;
  };
  const etcd = run("etcd", [
    `--data-dir=${path("etcd")}`,
    "--listen-client-urls=http://127.0.0.1:2379",
    "--advertise-client-urls=http://127.0.0.1:2379",
    "--listen-peer-urls=http://127.0.0.1:2380",
    "--initial-advertise-peer-urls=http://127.0.0.1:2380",
    "--initial-cluster=default=http://127.0.0.1:2380",
    "--unsafe-no-fsync",
  ]);
  const server = run("kube-apiserver", [
    "--etcd-servers=http://127.0.0.1:2379",
    `--bind-address=${CONTROL_PLANE}`,
    `--advertise-address=${CONTROL_PLANE}`,
    "--secure-port=6443",
    `--cert-dir=${path("certificates")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${path("accounts.pub")}`,
    `--service-account-signing-key-file=${path("accounts.key")}`,
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    `--token-auth-file=${path("tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--disable-admission-plugins=ServiceAccount",
  ]);
  const processes = [etcd, server];
  const url = `https://${CONTROL_PLANE}:6443`;
  const client = api(probe, url, token.admin);
  await until("the API server is ready", 120, processes, async () =>
    (await client.ready()) ? true : undefined,
  );
  const kubeconfig = path("kubeconfig");
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(url, token.proxy)));
  return { api: client, processes, kubeconfig };
}

/** JSON is YAML. */
function kubeconfigOf(server: string, token: string): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "lab", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "proxy", user: { token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "proxy" } }],
    "current-context": "lab",
  };
}
