import { controllerOf, CONTROLLERS, isBuiltFromService, type Controller } from "@evenkeel/core/balancers";
import { nearestOf, type Exposure, type Front } from "@evenkeel/core/model";
import { notApplicable, ok, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { lawExamples } from "../law-examples";
import { LBC_ANNOTATIONS } from "../references";

export const annotationsAreRead = rule({
  id: "annotations-are-read",
  subject: "exposure",
  severity: "medium",
  level: "advisory",
  law: "The controller that builds a Service's load balancer reads the load balancer annotations of the Service.",
  why: "an annotation that is misspelt, or meant for another controller, is silently ignored and the default applies",
  fix: "Correct the annotation, or remove it.",
  facts: ["EK15"],
  refs: [LBC_ANNOTATIONS],
  *check(exposure) {
    const builders = buildersOf(exposure);
    if (builders.length === 0) return yield notApplicable("no known controller builds the load balancer");
    const ignored = Object.keys(exposure.service.annotations).flatMap((key) =>
      isIgnored(key, builders) ? [ignoredKey(exposure, key, builders)] : lackingKey(exposure, key, builders),
    );
    yield* ignored.length > 0 ? ignored : [ok];
  },
  examples: () => lawExamples("annotations-are-read"),
});

interface Builder {
  readonly controller: Controller;
  readonly version?: string;
}

/** The controllers that build this Service's load balancers from the Service itself, each once. */
function buildersOf({ fronts }: Exposure): readonly Builder[] {
  const own = fronts.filter(isBuiltFromService);
  const names = new Map(own.map((front) => [front.controller.name, front]));
  return [...names.values()].flatMap((front: Front) => {
    const controller = controllerOf(front);
    const { version } = front.controller;
    return controller ? [{ controller, ...(version === undefined ? {} : { version }) }] : [];
  });
}

/** A key of some controller that none of these reads, as far as that is known. */
function isIgnored(key: string, builders: readonly Builder[]): boolean {
  return (
    prefixOf(key, CONTROLLERS) !== undefined &&
    builders.every(({ controller, version }) => controller.annotations.reads(key, version) === false)
  );
}

/** A key that each of these reads only beside another one, which is not there. */
function lackingKey({ service }: Exposure, key: string, builders: readonly Builder[]): readonly Outcome[] {
  const [needed, ...others] = builders.map(({ controller }) => controller.annotations.needs?.[key]);
  if (needed === undefined || others.some((other) => other !== needed) || needed in service.annotations)
    return [];
  return [
    violated({
      facts: ["EK15"],
      at: { resource: service.ref, path: `metadata.annotations["${key}"]` },
      seen: `a key that ${builders.map(({ controller }) => controller.title).join(" and ")} reads only beside ${needed}`,
      wanted: `${needed}, or no such key`,
      fix: `Set the annotation ${needed}, or remove this one.`,
    }),
  ];
}

function ignoredKey({ service }: Exposure, key: string, builders: readonly Builder[]): Outcome {
  const titles = builders.map(({ controller }) => controller.title).join(" and ");
  const others = CONTROLLERS.filter(({ annotations }) => annotations.reads(key) === true);
  const meant = others.length > 0 ? undefined : meantKey(key, builders);
  const readBy = others.map(({ title }) => title).join(" and ");
  return violated({
    facts: ["EK15"],
    at: { resource: service.ref, path: `metadata.annotations["${key}"]` },
    seen:
      readBy === ""
        ? `a key that ${titles} does not read`
        : `a key of ${readBy}, which ${titles} does not read`,
    wanted: meant === undefined ? `a key that ${titles} reads, or none` : meant,
    ...(meant === undefined ? {} : { fix: `Rename the annotation to ${meant}.` }),
  });
}

/** The key that was probably meant; the prefix, which all share, does not count for the likeness. */
function meantKey(key: string, builders: readonly Builder[]): string | undefined {
  const controllers = builders.map(({ controller }) => controller);
  const prefix = prefixOf(key, controllers);
  if (prefix === undefined) return undefined;
  const known = controllers.flatMap(({ annotations }) =>
    annotations.known.flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : [])),
  );
  const near = nearestOf(key.slice(prefix.length), known);
  return near === undefined ? undefined : prefix + near;
}

function prefixOf(key: string, controllers: readonly Controller[]): string | undefined {
  return controllers.flatMap(({ annotations }) => annotations.prefixes).find((one) => key.startsWith(one));
}
