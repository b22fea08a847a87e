import type { ServiceError } from "@grpc/grpc-js";
import { PolicyPackFailed } from "../errors";
import { withoutColours } from "../process/failure-text";
import type { PackProcess } from "./pack-process";

type Done<Response> = (error: ServiceError | null, response: Response) => void;

/** Calls a pack; rejects with one line that says what it answered. An optional call may be unknown to the pack. */
export function callPack<Response>(
  { sdk, pack, child }: PackProcess,
  start: (done: Done<Response>) => void,
  options: { readonly optional?: boolean } = {},
): Promise<Response> {
  return new Promise((resolve, reject) =>
    start((error, response) => {
      if (error === null || (options.optional && error.code === sdk.grpc.status.UNIMPLEMENTED))
        return resolve(response);
      const details = withoutColours(error.details || error.message);
      reject(
        new PolicyPackFailed(
          `policy pack ${pack.directory} failed: ${details.split("\n", 1)[0]}`,
          pack.directory,
          [details, child.output.stderr].filter((text) => text !== "").join("\n"),
        ),
      );
    }),
  );
}
