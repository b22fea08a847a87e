import { displayName, isKnown, type Front, type Missing, type Service } from "../model";
import {
  EVIDENCE,
  type Built,
  type Controller,
  type ControllerAnswer,
  type ControllerInput,
  type Refusal,
} from "./controller";
import { controllerOf, CONTROLLERS } from "./controllers";

/** What is in front of a Service by its own class and annotations, and what cannot be said. */
export interface ServiceFronts {
  readonly fronts: readonly Front[];
  readonly missing: readonly Missing[];
}

type Taken = Extract<ControllerAnswer, { claim: "takes" }>;

/**
 * The fronts that controllers build for each Service, one a port; none where no known controller takes it, with the reason. Every
 * controller is asked once about all that is there.
 */
export function serviceFrontsOn(input: ControllerInput): (service: Service) => ServiceFronts {
  const asked = CONTROLLERS.map((controller) => ({ controller, answer: controller.answersOn(input) }));
  return (service) => {
    const answers = asked.map(({ controller, answer }) => ({ controller, answer: answer(service) }));
    const taking = strongest(answers);
    const [first, ...rivals] = taking;
    if (first && rivals.length === 0) return frontsOf(service, first.controller, first.answer.result);
    if (first) {
      const names = taking.map(({ controller }) => controller.title).join(" and ");
      const detail = `${names} may each build the load balancer of ${displayName(service.ref)}`;
      return { fronts: [], missing: [frontMissing(detail, "set spec.loadBalancerClass")] };
    }
    for (const { answer } of answers) {
      if (answer.claim !== "unknown") continue;
      const { path } = answer.unknown;
      const detail = `who builds the load balancer for ${displayName(service.ref)} depends on ${path}, which is not known yet`;
      return { fronts: [], missing: [frontMissing(detail, `set ${path} to a plain value`)] };
    }
    if (!isKnown(service.type) || service.type !== "LoadBalancer") return { fronts: [], missing: [] };
    const leaving = answers.flatMap(({ answer }) => (answer.claim === "leaves" ? [answer] : []));
    const left = leaving.find(({ evidence }) => evidence !== undefined) ?? leaving[0];
    return { fronts: [], missing: left ? [frontMissing(left.reason, left.how)] : [] };
  };
}

/** Those that take the Service on the strongest evidence there is. */
function strongest(
  answers: readonly { readonly controller: Controller; readonly answer: ControllerAnswer }[],
): readonly { readonly controller: Controller; readonly answer: Taken }[] {
  const taking = answers.flatMap(({ controller, answer }) =>
    answer.claim === "takes" ? [{ controller, answer }] : [],
  );
  const best = EVIDENCE.find((evidence) => taking.some(({ answer }) => answer.evidence === evidence));
  return taking.filter(({ answer }) => answer.evidence === best);
}

function frontsOf(service: Service, { name, title }: Controller, result: Built | Refusal): ServiceFronts {
  const of = displayName(service.ref);
  if ("refused" in result) {
    const { refused: _, ...refusal } = result;
    const { at, seen, wanted } = refusal;
    const detail = `${title} refuses ${of}: ${at.path}: ${seen}; wanted ${wanted}`;
    const refused = { by: name, ...refusal };
    return { fronts: [], missing: [{ ...frontMissing(detail, `set ${at.path} to ${wanted}`), refused }] };
  }
  const { fronts, left, notFollowed } = result;
  return {
    fronts,
    missing: [
      ...left.map(({ port, reason }) =>
        frontMissing(
          `port ${String(port.name || port.port)} of ${of} gets no listener: ${reason}`,
          "give it what it lacks, or remove it from the Service",
        ),
      ),
      ...notFollowed.map(({ detail, how }) => frontMissing(detail, how)),
    ],
  };
}

function frontMissing(detail: string, how: string): Missing {
  return { what: "front", detail, how };
}

/** Whether a controller builds the front from the Service itself, health check included. */
export function isBuiltFromService(front: Front): boolean {
  return front.resource.kind === "Service" && controllerOf(front)?.build !== undefined;
}

/** What the controller makes of another version of the Service for this front's port; undefined where it refuses, or builds nothing. */
export function rebuiltFor(front: Front, service: Service): Front | undefined {
  if (!isBuiltFromService(front)) return undefined;
  const { name, version, settings } = front.controller;
  const found = settings && { ...settings, ...(version === undefined ? {} : { version }) };
  const built = controllerOf(front)?.build?.(service, found ? { clouds: { [name]: found } } : {});
  if (!built || "refused" in built) return undefined;
  const own = built.fronts.find(({ servicePort }) => servicePort === front.servicePort);
  return own && { ...own, controller: front.controller };
}
