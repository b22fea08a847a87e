import { isUnknown, type Knowable } from "../../model";
import { isToBeAllocated } from "../allocation/allocated";
import { each, ifGiven, ifTrue, type Check } from "../answer/check";
import { ALLOCATED } from "./cluster-ips";
import {
  duplicate,
  forbidden,
  goNamed,
  goPlain,
  goString,
  invalid,
  notSupported,
  required,
  type GoValue,
} from "../answer/field-error";
import {
  wrongWithLabel,
  wrongWithPortName,
  wrongWithPortNumber,
  wrongWithQualifiedName,
} from "../metadata/names";
import type { ApiTraits } from "../../releases";
import type { ServiceObject, ServicePortObject } from "../service/service-object";
import { isOneOf } from "../service/truth";

export const PROTOCOLS = ["SCTP", "TCP", "UDP"] as const;
const PORTS = "spec.ports";

/** Each port by itself (k/k validation.go validateServicePort). */
export function portChecks({ spec }: ServiceObject, release: ApiTraits): readonly Check[] {
  return ifGiven(spec.ports, PORTS, (ports) =>
    ports.flatMap((port, i) => {
      const path = `${PORTS}[${i}]`;
      const { name, port: number = 0, protocol = "", targetPort = 0, appProtocol } = port;
      return [
        ...nameCheck(name, path, ports, i),
        ...ifGiven(number, `${path}.port`, (value) =>
          wrongWithPortNumber(value).map((message) => invalid(`${path}.port`, goPlain(value), message)),
        ),
        ...ifGiven(protocol, `${path}.protocol`, (value) =>
          PROTOCOLS.some((known) => known === value)
            ? []
            : [notSupported(`${path}.protocol`, goNamed(value), PROTOCOLS)],
        ),
        ...ifGiven(targetPort, `${path}.targetPort`, (value) => targetPortCheck(value, `${path}.targetPort`)),
        ...ifGiven(appProtocol, `${path}.appProtocol`, (value) =>
          wrongWithQualifiedName(value, release).map((message) =>
            invalid(`${path}.appProtocol`, goString(value), message),
          ),
        ),
      ];
    }),
  );
}

/** Only one port may do without a name. */
function nameCheck(
  name: Knowable<string> | undefined,
  port: string,
  ports: readonly ServicePortObject[],
  i: number,
): readonly Check[] {
  const path = `${port}.name`;
  if (name === undefined) return ports.length > 1 ? [required(path)] : [];
  return ifGiven(name, path, (value) => [
    ...wrongWithLabel(value).map((message) => invalid(path, goString(value), message)),
    ...(ports.slice(0, i).some((other) => other.name === value) ? [duplicate(path, goString(value))] : []),
  ]);
}

function targetPortCheck(value: number | string, path: string): readonly Check[] {
  const wrong = typeof value === "number" ? wrongWithPortNumber(value) : wrongWithPortName(value);
  const seen = typeof value === "number" ? goPlain(value) : goString(value);
  return wrong.map((message) => invalid(path, seen, message));
}

export function nodePortChecks({ spec }: ServiceObject): readonly Check[] {
  return ifTrue(isOneOf(spec.type, "ClusterIP"), `${PORTS}[].nodePort`, () =>
    each(spec.ports, PORTS, ({ nodePort }, path) =>
      ifGiven(nodePort, `${path}.nodePort`, () => [
        forbidden(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'"),
      ]),
    ),
  );
}

/** A protocol has each node port, and then each port, but once. */
export function duplicatePortChecks({ spec }: ServiceObject): readonly Check[] {
  return [
    ...repeated(spec.ports, ({ nodePort }) => nodePort).map(({ path, value }) =>
      duplicate(`${path}.nodePort`, value),
    ),
    ...repeated(spec.ports, ({ port = 0 }) => port).map(({ path, protocol, number }) =>
      duplicate(path, portKey(protocol, number)),
    ),
  ];
}

interface Repeated {
  readonly path: string;
  readonly protocol: string;
  readonly number: number;
  readonly value: GoValue;
}

/** Later ports with the protocol and number of an earlier one. A number that is to be allocated is known by its field. */
function repeated(
  ports: Knowable<readonly ServicePortObject[]> | undefined,
  numberOf: (port: ServicePortObject) => Knowable<number> | undefined,
): readonly Repeated[] {
  if (ports === undefined || isUnknown(ports)) return [];
  const seen = new Set<string>();
  return ports.flatMap((port, i): readonly Repeated[] => {
    const number = numberOf(port);
    const { protocol = "" } = port;
    const key = isToBeAllocated(number) ? number.path : number;
    if (key === undefined || isUnknown(key) || isUnknown(protocol)) return [];
    const pair = `${protocol} ${key}`;
    if (!seen.has(pair)) {
      seen.add(pair);
      return [];
    }
    const path = `${PORTS}[${i}]`;
    return typeof number === "number"
      ? [{ path, protocol, number, value: goPlain(number) }]
      : [{ path, protocol, number: 0, value: goPlain(ALLOCATED) }];
  });
}

/** The server prints a port with nothing but the two fields that are the same. */
function portKey(protocol: string, port: number): GoValue {
  const value = { Name: "", Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
  const target = 'intstr.IntOrString{Type:0, IntVal:0, StrVal:""}';
  const syntax = `core.ServicePort{Name:"", Protocol:${JSON.stringify(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:${target}, NodePort:0}`;
  return { go: "struct", value, syntax };
}
