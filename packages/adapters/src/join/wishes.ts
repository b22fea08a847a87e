import { ANNOTATION_PREFIX, isUnknown, type Service, type Wishes } from "@evenkeel/core/model";

/** Annotations by which people state what they want of a Service. */
export const WISH_ANNOTATIONS = {
  clientAddress: `${ANNOTATION_PREFIX}client-address`,
  inClusterClients: `${ANNOTATION_PREFIX}in-cluster-clients`,
} as const;

/** `evenkeel.io/client-address: required` and `evenkeel.io/in-cluster-clients: "true"`. */
export function wishesOf({ annotations }: Service): Wishes | undefined {
  const says = (key: string, word: string): boolean => {
    const value = annotations[key];
    return value !== undefined && !isUnknown(value) && value === word;
  };
  const clientAddress = says(WISH_ANNOTATIONS.clientAddress, "required");
  const inClusterClients = says(WISH_ANNOTATIONS.inClusterClients, "true");
  return clientAddress || inClusterClients
    ? { ...(clientAddress ? { clientAddress } : {}), ...(inClusterClients ? { inClusterClients } : {}) }
    : undefined;
}
