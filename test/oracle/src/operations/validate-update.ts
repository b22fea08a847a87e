import { validateServiceUpdate } from "@evenkeel/core/api";
import { goodService, twisted, writtenService, type WrittenService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { operation } from "../operation";
import { asFields, storedServices } from "./stored-service";
import { differs, type ToldService } from "./told-service";
import { options, setup, type Setup } from "./validate-setup";

interface Input extends Setup {
  readonly stored: WrittenService;
  readonly service: WrittenService;
}

const types = fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName", undefined);

/** The same Service again, changed a little, of another type, or quite another. */
const inputs: fc.Arbitrary<Input> = setup.chain((server) =>
  storedServices(server).chain(({ written, stored }) =>
    fc
      .oneof(
        { weight: 3, arbitrary: twisted(fc.constant(stored)) },
        { weight: 2, arbitrary: twisted(fc.constant(written)) },
        {
          weight: 3,
          arbitrary: twisted(types.map((type) => ({ ...stored, spec: { ...asFields(stored.spec), type } }))),
        },
        { weight: 1, arbitrary: goodService },
        { weight: 1, arbitrary: writtenService },
      )
      .map((service) => ({ ...server, stored, service: sameName(service, stored) })),
  ),
);

/** The name in the request's path says which Service is meant. */
function sameName(service: WrittenService, stored: WrittenService): WrittenService {
  const { name, namespace } = asFields(stored.metadata);
  const metadata = { ...asFields(service.metadata), name, namespace };
  return JSON.parse(JSON.stringify({ ...service, metadata })) as WrittenService;
}

const answer = ({ stored, service, ...server }: Input) =>
  validateServiceUpdate(stored, service, options(server));

/** Replacement of a Service. Upstream: k/k pkg/registry/core/service with everything that it calls. */
export const validateUpdate = operation<Input>({
  name: "validateUpdate",
  inputs,
  ours: answer,
  differs: (input, _ours, theirs) => differs(answer(input), theirs as ToldService),
});
