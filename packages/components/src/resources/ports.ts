import type * as types from "@pulumi/kubernetes/types";
import type { NlbInstancePortArgs } from "../args";
import { present } from "./inputs";

/** The Service's ports; only nodes have a `nodePort`. */
export function servicePorts(ports: readonly NlbInstancePortArgs[]): types.input.core.v1.ServicePort[] {
  return ports.map(({ name, port, targetPort, targetPortName, nodePort }) =>
    present({
      name,
      protocol: "TCP",
      port,
      targetPort: targetPort ?? targetPortName ?? port,
      nodePort,
    }),
  );
}
