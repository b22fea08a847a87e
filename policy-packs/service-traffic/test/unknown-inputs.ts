import { Provider } from "@pulumi/kubernetes";
import { output, runtime, unknown, type ResourceTransformation } from "@pulumi/pulumi";
import type { Variation } from "./varied-program";

// Loaded before a program whose resources are to be less known than they are written (see varied-program).

const variation: Variation = JSON.parse(process.env["VARIATION"] ?? "");

/** A value that is not known at preview. */
export const later = output(unknown as unknown);

const provider =
  variation.kubeconfig === "unknown"
    ? new Provider("cluster", { kubeconfig: output(unknown as never) })
    : undefined;

/** Says what an object is, so that programs write it in plain. */
const IDENTITY = new Set(["apiVersion", "kind"]);

const lessKnown: ResourceTransformation = ({ type, props, opts }) => {
  if (type.startsWith("pulumi:") || type.startsWith("evenkeel:")) return undefined;
  const isKubernetes = type.startsWith("kubernetes:");
  return {
    props: varied(props, isKubernetes),
    opts: isKubernetes && provider ? { ...opts, provider } : opts,
  };
};
runtime.registerStackTransformation(lessKnown);

function varied(props: Readonly<Record<string, unknown>>, isKubernetes: boolean): Record<string, unknown> {
  switch (variation.inputs) {
    case "known":
      return { ...props };
    case "namespace":
      return isKubernetes
        ? { ...props, metadata: { ...Object(props["metadata"]), namespace: later } }
        : { ...props };
    case "values":
      return mapValues(props, withoutValues);
    case "properties":
      return mapValues(props, (value) => (value === undefined ? undefined : later));
  }
}

/** Every plain value below this one is still to come; how many there are is known. */
export function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  const isRecord =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isRecord ? mapValues(value, withoutValues) : value === undefined ? undefined : later;
}

function mapValues(record: object, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, IDENTITY.has(key) ? value : change(value)]),
  );
}
