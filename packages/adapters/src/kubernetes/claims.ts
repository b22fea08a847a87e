import { dig, elements, isAbsent, member, text, type Field } from "../reading/field";

/**
 * Names of the volumes that a workload's pods claim: claims of its template, generic ephemeral volumes, and the claims that a
 * StatefulSet makes for each pod. Undefined without any.
 */
export function claimsOf(spec: Field): readonly string[] | undefined {
  const volumes = elements(dig(spec, "template", "spec", "volumes")).filter(
    (volume) => !isAbsent(member(volume, "persistentVolumeClaim")) || !isAbsent(member(volume, "ephemeral")),
  );
  const own = elements(member(spec, "volumeClaimTemplates"));
  const names = [
    ...own.map((claim) => text(dig(claim, "metadata", "name"))),
    ...volumes.map((volume) => text(member(volume, "name"))),
  ].flatMap((name) => name ?? []);
  return names.length > 0 ? [...new Set(names)] : undefined;
}
