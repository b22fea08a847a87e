/**
 * Quantities by Kubernetes resource name in integer base units: `cpu` in millicores, everything else in its own unit
 * (`memory` and `ephemeral-storage` in bytes, `pods` and extended resources in counts).
 */
export type ResourceList = Readonly<Record<string, number>>;
