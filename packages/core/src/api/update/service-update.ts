import { withoutAbsent } from "../service/absent";
import {
  answer,
  readingErrors,
  readingWarnings,
  type RequestOptions,
  type ServiceAnswer,
} from "../answer/answer";
import { failed, inStages } from "../answer/check";
import { withDefaults } from "../service/defaults";
import { metadataOnUpdate } from "../metadata/metadata";
import { releaseOf } from "../../releases";
import { prepared } from "../service";
import type { ServiceObject } from "../service/service-object";
import { decodeService } from "../decode/service-schema";
import { specChecks } from "../validation/spec-checks";
import { asRead } from "../service/stored";
import { withoutTypeDependent } from "./type-dependent";
import { allocateUpdate } from "./update-allocation";
import { updateChecks } from "./update-checks";
import { warningsFor } from "../validation/warnings";

/**
 * What the API server answers when a stored Service is replaced by the one written: what it keeps, what it wipes with a change of
 * type, what it allocates anew, and what may not change. `written` is the whole Service as it reaches the server; a client that
 * patches has merged it before. Throws only for a version that is not modelled.
 */
export function validateServiceUpdate(
  stored: unknown,
  written: unknown,
  options: RequestOptions = {},
): ServiceAnswer {
  const release = releaseOf(options.kubernetesVersion);
  const { api } = release;
  const { fieldValidation = "Warn" } = options;
  const before = asRead(withDefaults(decodeService(stored).object), options);
  const { object, report } = decodeService(written);
  const { service, checks } = allocateUpdate(withDefaults(object), before, options, api);
  const after = withoutTypeDependent(prepared(withServersOwn(service, before), api, before), before);
  const told = fieldValidation === "Warn" ? readingWarnings(report) : [];
  const found = inStages(
    () => readingErrors(report, fieldValidation === "Strict"),
    () => checks,
    () => [
      ...metadataOnUpdate(after.metadata, before.metadata, api),
      ...updateChecks(after, before, api),
      ...specChecks(after, before, api),
    ],
  );
  return answer(
    asRead(after, options),
    found,
    failed(found) ? told : [...told, ...warningsFor(after, api)],
    release,
  );
}

/** Metadata that an update cannot change, whatever it says (apiserver registry/rest/update.go BeforeUpdate). */
function withServersOwn(service: ServiceObject, { metadata: before }: ServiceObject): ServiceObject {
  const { metadata } = service;
  return {
    ...service,
    metadata: withoutAbsent({
      ...metadata,
      uid: metadata.uid ?? before.uid,
      generation: before.generation,
      creationTimestamp: before.creationTimestamp ?? metadata.creationTimestamp,
      deletionTimestamp: before.deletionTimestamp ?? metadata.deletionTimestamp,
      deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds ?? before.deletionGracePeriodSeconds,
    }),
  };
}
