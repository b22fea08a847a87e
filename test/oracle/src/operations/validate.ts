import { validateService } from "@evenkeel/core/api";
import { writtenService, type WrittenService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { operation } from "../operation";
import { differs, type ToldService } from "./told-service";
import { options, setup, type Setup } from "./validate-setup";

interface Input extends Setup {
  readonly service: WrittenService;
}

/** Creation of a Service. Upstream: k/k pkg/registry/core/service with everything that it calls. */
export const validate = operation<Input>({
  name: "validate",
  inputs: fc.tuple(setup, writtenService).map(([server, service]) => ({ ...server, service })),
  ours: (input) => validateService(input.service, options(input)),
  differs: (input, _ours, theirs) =>
    differs(validateService(input.service, options(input)), theirs as ToldService),
});
