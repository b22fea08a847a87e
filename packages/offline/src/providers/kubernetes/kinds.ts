import { isMap, type PropertyMap, type PropertyValue } from "../../values/property";

// API groups of Kubernetes itself, and their kinds that belong to no namespace (pulumi-kubernetes provider/pkg/kinds).
const GROUPS: ReadonlySet<string> = new Set([
  "",
  "apps",
  "autoscaling",
  "batch",
  "extensions",
  "policy",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io",
]);
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "FlowSchema",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PodSecurityPolicy",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

/** True for kinds that every cluster serves. */
export function isBuiltIn(object: PropertyMap): boolean {
  return GROUPS.has(groupOf(object));
}

/** What custom resource definitions of the same preview say of their kinds. */
export class CustomKinds {
  readonly #scopes = new Map<string, PropertyValue>();

  /** Remembers a definition; any other object is none of its business. */
  learn(object: PropertyMap): void {
    if (object["kind"] !== "CustomResourceDefinition" || groupOf(object) !== "apiextensions.k8s.io") return;
    const spec = isMap(object["spec"]) ? object["spec"] : {};
    const names = isMap(spec["names"]) ? spec["names"] : {};
    this.#scopes.set(`${String(spec["group"])}/${String(names["kind"])}`, spec["scope"] ?? null);
  }

  /** A kind of which nothing is known counts as namespaced. */
  isNamespaced(object: PropertyMap): boolean {
    const kind = String(object["kind"]);
    if (isBuiltIn(object)) return !CLUSTER_SCOPED.has(kind.replace(/Patch$/, ""));
    return this.#scopes.get(`${groupOf(object)}/${kind}`) !== "Cluster";
  }
}

function groupOf(object: PropertyMap): string {
  const version = object["apiVersion"];
  if (typeof version !== "string") return "";
  const group = version.includes("/") ? (version.split("/", 1)[0] ?? "") : "";
  return group === "core" ? "" : group;
}
