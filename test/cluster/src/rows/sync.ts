import type { Lab } from "../lab/lab";
import { NODES, podNamed, SERVICE_PORT } from "../lab/plan";
import { until } from "../lab/process";
import { readCluster } from "./cluster";
import { createService } from "./objects";

/** Numbers of addresses from here on are for marks. */
const FIRST_MARK = 200;
let marks = 0;

/**
 * Returns when every kube-proxy has written the rules for all that the API server held when this was called: a Service that is
 * created last is watched last, so the node that answers for it knows all before it.
 */
export async function synced(lab: Lab): Promise<void> {
  const name = `mark-${++marks}`;
  const { node, address } = podNamed("web-a1");
  const endpoints = [
    { pod: "web-a1", addresses: [address], nodeName: node.name, zone: node.zone, ready: true },
  ];
  await createService(
    lab.api,
    { name, type: "ClusterIP", internal: "Cluster", endpoints, externalIPs: false },
    FIRST_MARK + marks,
  );
  const clusterIP = (await readCluster(lab.api)).services.get(name)?.clusterIP;
  await until("every kube-proxy has written its rules", 60, lab.proxies(), async () => {
    const answers = await Promise.all(
      NODES.map((one) =>
        lab.probe(one.name).dial({ to: `${clusterIP}:${SERVICE_PORT}`, count: 1, timeoutSeconds: 1 }),
      ),
    );
    return answers.every(([connection]) => connection?.end === "answered") ? true : undefined;
  });
  await lab.api.remove(`/api/v1/namespaces/default/services/${name}`);
  await lab.api.remove(`/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/${name}`);
}
