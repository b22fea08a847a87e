import type { Container, ContainerPort } from "@evenkeel/core/model";
import { dig, elements, integer, isAbsent, member, oneOf, text, texts, type Field } from "../reading/field";
import { present } from "../reading/present";
import { readRequests } from "./resource-list";

export function readContainers(field: Field): readonly Container[] {
  return elements(field).map(readContainer);
}

function readContainer(field: Field): Container {
  const ports = elements(member(field, "ports")).flatMap(readPort);
  const probe = member(field, "readinessProbe");
  return present({
    name: text(member(field, "name")) ?? "",
    image: text(member(field, "image")),
    requests: readRequests(member(field, "resources")),
    ports: ports.length > 0 ? ports : undefined,
    restartPolicy: member(field, "restartPolicy").value === "Always" ? "Always" : undefined,
    preStopSleepSeconds: readPreStop(dig(field, "lifecycle", "preStop")),
    args: isAbsent(member(field, "args")) ? undefined : texts(member(field, "args")),
    hasReadinessProbe: isAbsent(probe) ? undefined : true,
  });
}

const PROTOCOLS: readonly NonNullable<ContainerPort["protocol"]>[] = ["TCP", "UDP", "SCTP"];

function readPort(field: Field): readonly ContainerPort[] {
  const containerPort = integer(member(field, "containerPort"));
  if (containerPort === undefined) return [];
  return [
    present({
      containerPort,
      name: text(member(field, "name")),
      hostPort: integer(member(field, "hostPort")),
      hostIP: text(member(field, "hostIP")),
      protocol: oneOf(member(field, "protocol"), PROTOCOLS),
    }),
  ];
}

/**
 * Seconds of the `sleep` action, or of the usual way to write it before Kubernetes 1.30: a command whose words are, or contain,
 * `sleep N`. Another command holds the container back for a time that cannot be seen.
 */
function readPreStop(hook: Field): number | undefined {
  const seconds = integer(dig(hook, "sleep", "seconds"));
  if (seconds !== undefined) return seconds;
  const command = texts(dig(hook, "exec", "command")).join(" ");
  const found = /(?:^|[\s;&/])sleep\s+(\d{1,6})s?(?=$|[\s;&])/.exec(command);
  return found ? Number(found[1]) : undefined;
}
