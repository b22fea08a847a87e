import type { CheckFailure } from "../providers/provider";
import type { Diagnostic, Resource } from "../result";
import {
  containsSecrets,
  isMap,
  reveal,
  secret,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "../values/property";
import type { ProviderInstance } from "./provider-instances";

export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

export interface Checked {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export type Diagnose = (diagnostic: Diagnostic) => void;

/** Lets a provider complete and validate the inputs of a resource. */
export function checkInputs(
  instance: ProviderInstance,
  subject: Subject,
  given: PropertyMap,
  diagnose: Diagnose,
): Checked {
  const answer = instance.provider.check({
    ...request(instance, subject, diagnose),
    inputs: forProvider(given, instance),
  });
  const inputs = answer.inputs ?? given;
  return {
    inputs: instance.provider.acceptsSecrets ? inputs : withSecretsOf(inputs, given),
    failures: "failures" in answer ? answer.failures : [],
  };
}

/** What a provider says of the outputs of a resource that is to be created. */
export function createOutputs(
  instance: ProviderInstance,
  resource: Resource,
  diagnose: Diagnose,
): PropertyMap {
  const outputs = instance.provider.create({
    ...request(instance, resource, diagnose),
    inputs: forProvider(resource.inputs, instance),
  });
  return withSecretOutputs(
    instance.provider.acceptsSecrets ? outputs : withSecretsOf(outputs, resource.inputs),
    resource,
  );
}

function request({ config }: ProviderInstance, { urn, type, name }: Subject, diagnose: Diagnose) {
  return {
    urn,
    type,
    name,
    config,
    diagnose: (severity: Diagnostic["severity"], message: string) => diagnose({ severity, message, urn }),
  };
}

function forProvider(inputs: PropertyMap, { provider }: ProviderInstance): PropertyMap {
  if (provider.acceptsSecrets) return inputs;
  const plain = reveal(inputs);
  return isMap(plain) ? plain : {};
}

/** Marks as secret what has the place of something secret (plugin/provider_plugin.go annotateSecrets). */
function withSecretsOf(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]): [string, PropertyValue] => {
      const input = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
      if (input === undefined) return [key, value];
      if (isMap(value) && isMap(input)) return [key, withSecretsOf(value, input)];
      return [key, containsSecrets(input) ? secret(value) : value];
    }),
  );
}

// step_executor.go continueExecuteStep: `additionalSecretOutputs`, and outputs named like a secret input.
function withSecretOutputs(outputs: PropertyMap, resource: Resource): PropertyMap {
  const named = new Set(resource.options.additionalSecretOutputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]): [string, PropertyValue] => [
      key,
      named.has(key) || resource.inputs[key] instanceof Secret ? secret(value) : value,
    ]),
  );
}
