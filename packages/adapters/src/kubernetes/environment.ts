import { CONTROLLERS } from "@evenkeel/core/balancers";
import { dig, isMap, member, type Field } from "../reading/field";

/** Variables that some controller of load balancers is configured with; no other is kept, since any may be a secret. */
const READ: ReadonlySet<string> = new Set(CONTROLLERS.flatMap(({ environment = [] }) => environment));

/** What the containers of a pod template have of these variables as plain values; undefined where they have none. */
export function readEnvironment(template: Field): Readonly<Record<string, string>> | undefined {
  const { value: containers } = member(dig(template, "spec"), "containers");
  if (!Array.isArray(containers)) return undefined;
  const variables = containers
    .filter(isMap)
    .flatMap(({ env }) =>
      Array.isArray(env)
        ? env
            .filter(isMap)
            .flatMap(({ name, value }) =>
              typeof name === "string" && typeof value === "string" && READ.has(name)
                ? [[name, value] as const]
                : [],
            )
        : [],
    );
  return variables.length > 0 ? Object.fromEntries(variables) : undefined;
}
