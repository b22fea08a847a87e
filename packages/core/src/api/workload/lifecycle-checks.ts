import type { Knowable } from "../../model";
import { ifGiven, type Check } from "../answer/check";
import { forbidden, goPlain, invalid, required } from "../answer/field-error";
import type { ApiTraits } from "../../releases";
import type { HandlerObject, LifecycleObject } from "./workload-object";

/** k/k validation.go validateLifecycle; what an HTTP or TCP hook says is not read. */
export function lifecycleChecks(
  lifecycle: Knowable<LifecycleObject> | undefined,
  gracePeriod: Knowable<number>,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(lifecycle, path, ({ postStart, preStop }) => [
    ...ifGiven(postStart, `${path}.postStart`, (hook) =>
      handlerChecks(hook, gracePeriod, `${path}.postStart`, release),
    ),
    ...ifGiven(preStop, `${path}.preStop`, (hook) =>
      handlerChecks(hook, gracePeriod, `${path}.preStop`, release),
    ),
  ]);
}

const HANDLERS = ["exec", "httpGet", "tcpSocket", "sleep"] as const;

/** Exactly one handler; the first counts. */
function handlerChecks(
  hook: HandlerObject,
  gracePeriod: Knowable<number>,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  const [first, ...more] = HANDLERS.filter((name) => hook[name] !== undefined);
  if (first === undefined) return [required(path, "must specify a handler type")];
  return [
    ...(first === "exec" ? execChecks(hook.exec, path) : []),
    ...(first === "sleep" ? sleepChecks(hook.sleep, gracePeriod, `${path}.sleep`, release) : []),
    ...more.map((name) => forbidden(`${path}.${name}`, "may not specify more than 1 handler type")),
  ];
}

function execChecks(exec: HandlerObject["exec"], path: string): readonly Check[] {
  return ifGiven(exec, `${path}.exec`, ({ command }) =>
    ifGiven(command ?? [], `${path}.exec.command`, ({ length }) =>
      length === 0 ? [required(`${path}.exec.command`)] : [],
    ),
  );
}

function sleepChecks(
  sleep: HandlerObject["sleep"],
  gracePeriod: Knowable<number>,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(sleep, path, ({ seconds }) =>
    ifGiven(seconds ?? 0, `${path}.seconds`, (wanted) =>
      ifGiven(gracePeriod, path, (grace) => {
        const isEnough = wanted > 0 || (wanted === 0 && release.sleep === "zero too");
        return isEnough && wanted <= grace
          ? []
          : [invalid(path, goPlain(wanted), sleepMessage(grace, release))];
      }),
    ),
  );
}

function sleepMessage(grace: number, { sleep }: ApiTraits): string {
  const least = sleep === "zero too" ? "non-negative" : "greater than 0";
  const gate =
    sleep === "positive, names the gate"
      ? ". Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep."
      : "";
  return `must be ${least} and less than terminationGracePeriodSeconds (${grace})${gate}`;
}
