import { isUnknown, type Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import {
  duplicate,
  goNamed,
  goPlain,
  goString,
  invalid,
  notSupported,
  required,
} from "../answer/field-error";
import { wrongWithPortName, wrongWithPortNumber } from "../metadata/names";
import { PROTOCOLS } from "../validation/port-checks";
import type { ContainerObject, ContainerPortObject, PodSpecObject } from "./workload-object";

/** k/k validation.go validateContainerPorts */
export function portChecks(
  ports: Knowable<readonly ContainerPortObject[]> | undefined,
  path: string,
): readonly Check[] {
  const names = new Set<string>();
  return each(ports, path, ({ name, containerPort, hostPort, protocol = "TCP" }, at) => [
    ...ifGiven(name, `${at}.name`, (text) => nameChecks(text, names, `${at}.name`)),
    ...(containerPort === undefined
      ? [required(`${at}.containerPort`)]
      : numberChecks(containerPort, `${at}.containerPort`)),
    ...numberChecks(hostPort, `${at}.hostPort`),
    ...ifGiven(protocol, `${at}.protocol`, (text) =>
      PROTOCOLS.some((known) => known === text)
        ? []
        : [notSupported(`${at}.protocol`, goNamed(text), PROTOCOLS)],
    ),
  ]);
}

function nameChecks(name: string, taken: Set<string>, path: string): readonly Check[] {
  const wrong = wrongWithPortName(name);
  if (wrong.length > 0) return wrong.map((message) => invalid(path, goString(name), message));
  if (taken.has(name)) return [duplicate(path, goString(name))];
  taken.add(name);
  return [];
}

function numberChecks(port: Knowable<number> | undefined, path: string): readonly Check[] {
  return ifGiven(port, path, (number) =>
    wrongWithPortNumber(number).map((message) => invalid(path, goPlain(number), message)),
  );
}

/** k/k validation.go checkHostPortConflicts: a port of the host once for each protocol and address. */
export function hostPortConflicts(containers: readonly ContainerObject[], path: string): readonly Check[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports }, i) =>
    ports === undefined || isUnknown(ports)
      ? []
      : ports.flatMap(({ protocol = "TCP", hostIP = "", hostPort }, j) => {
          if (hostPort === undefined || [protocol, hostIP, hostPort].some((value) => isUnknown(value)))
            return [];
          const key = `${String(protocol)}/${String(hostIP)}/${String(hostPort)}`;
          if (taken.has(key)) return [duplicate(`${path}[${i}].ports[${j}].hostPort`, goString(key))];
          taken.add(key);
          return [];
        }),
  );
}

/** k/k validation.go validatePodHostNetworkDeps, for a template: no host port, or the container's own. */
export function hostNetworkChecks(
  { hostNetwork, containers }: PodSpecObject,
  path: string,
): readonly Check[] {
  if (hostNetwork !== true) return [];
  return each(containers, path, ({ ports }, at) =>
    each(ports, `${at}.ports`, ({ hostPort, containerPort }, port) =>
      ifGiven(hostPort, `${port}.hostPort`, (number) =>
        ifGiven(containerPort ?? 0, `${port}.containerPort`, (own) =>
          number === own
            ? []
            : [
                invalid(
                  `${port}.hostPort`,
                  goPlain(number),
                  "must match `containerPort` when `hostNetwork` is true",
                ),
              ],
        ),
      ),
    ),
  );
}
