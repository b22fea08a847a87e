import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type Knowable,
  type Service,
  type ServicePort,
  type Setting,
} from "../../../model";
import { annotatedList, annotation, annotationPlace, AWS } from "../annotations";
import { refuse } from "../refusal";

/** Protocol of the listener and of its target group; they differ where TLS ends at the load balancer. */
export interface PortProtocols {
  readonly listener: Setting<string>;
  readonly targetGroup: Setting<string>;
}

const UDP_KINDS = new Set(["UDP", "TCP_UDP"]);

/**
 * `pkg/service/model_build_listener.go` buildListenerSpec: the port's own protocol, TCP_UDP for a merged pair, TLS with a
 * certificate (on the listed ports, or on every TCP port), QUIC on the listed UDP ports.
 */
export function protocolsOf(
  service: Service,
  port: ServicePort,
  index: number,
  merged: boolean,
): PortProtocols {
  const own = { resource: service.ref, path: `spec.ports[${index}].protocol` };
  const base: Setting<string> = merged
    ? given("TCP_UDP", annotationPlace(service, AWS.tcpUdpListener))
    : given(port.protocol, own);
  const tls = endsTls(service, port, base.value);
  const withTls = isUnknown(tls)
    ? {
        listener: given<string>(tls, annotationPlace(service, AWS.certificate)),
        targetGroup: given<string>(tls, annotationPlace(service, AWS.backendProtocol)),
      }
    : tls
      ? {
          listener: given("TLS", annotationPlace(service, AWS.certificate)),
          targetGroup: behindTls(service, base),
        }
      : { listener: base, targetGroup: base };
  return withQuic(service, port, withTls);
}

function endsTls(service: Service, port: ServicePort, protocol: Knowable<string>): Knowable<boolean> {
  if (!isUnknown(protocol) && UDP_KINDS.has(protocol)) return false;
  const certificates = annotatedList(service, AWS.certificate);
  if (certificates === undefined || (!isUnknown(certificates) && certificates.length === 0)) return false;
  const ports = annotatedList(service, AWS.tlsPorts) ?? [];
  for (const part of [certificates, ports, protocol]) if (isUnknown(part)) return part;
  return isUnknown(ports) ? ports : ports.length === 0 || names(port, ports);
}

/** The target group speaks TLS only with `backend-protocol: ssl`, in just that spelling. */
function behindTls(service: Service, base: Setting<string>): Setting<string> {
  const at = annotationPlace(service, AWS.backendProtocol);
  const backend = annotation(service, AWS.backendProtocol);
  if (backend !== undefined && isUnknown(backend))
    return given<string>(unknownAt(at.path, backend.origin), at);
  return backend === "ssl" ? given("TLS", at) : byDefault(base.value, at);
}

function withQuic(service: Service, port: ServicePort, protocols: PortProtocols): PortProtocols {
  const at = annotationPlace(service, AWS.quicPorts);
  const ports = annotatedList(service, AWS.quicPorts);
  if (ports === undefined || isUnknown(ports) || !names(port, ports)) return protocols;
  const protocol = protocols.listener.value;
  if (isUnknown(protocol)) return protocols;
  if (!UDP_KINDS.has(protocol)) refuse("portProtocol", at, protocol, "a UDP port");
  const quic = given(protocol === "UDP" ? "QUIC" : "TCP_QUIC", at);
  return { listener: quic, targetGroup: quic };
}

/** Whether a list of names and numbers has this port. */
function names(port: ServicePort, list: readonly string[]): boolean {
  return list.includes(port.name) || (!isUnknown(port.port) && list.includes(String(port.port)));
}

/** Every entry of `ssl-ports` must be a port of the Service; `*` is none. buildTLSPortsSet. */
export function requireTlsPorts(service: Service): void {
  const listed = annotatedList(service, AWS.tlsPorts);
  if (listed === undefined || isUnknown(listed) || service.ports.some(({ port }) => isUnknown(port))) return;
  const unused = listed.filter((entry) => !service.ports.some((port) => names(port, [entry])));
  if (unused.length > 0) {
    refuse(
      "tlsPorts",
      annotationPlace(service, AWS.tlsPorts),
      unused.join(","),
      "names or numbers of the Service's own ports",
    );
  }
}
