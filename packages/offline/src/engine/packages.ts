import type { RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { ProviderWanted } from "./default-providers";

/** Packages that the program registered, by the reference that stands for them in later requests. */
export class Packages {
  readonly #packages: ProviderWanted[] = [];

  register(request: RegisterPackageRequest): string {
    const parameterization = request.getParameterization();
    const wanted: ProviderWanted = {
      package: request.getName(),
      version: request.getVersion(),
      downloadUrl: request.getDownloadUrl(),
      parameterization: parameterization && {
        name: parameterization.getName(),
        version: parameterization.getVersion(),
      },
    };
    const key = JSON.stringify(wanted);
    const known = this.#packages.findIndex((candidate) => JSON.stringify(candidate) === key);
    const index = known >= 0 ? known : this.#packages.push(wanted) - 1;
    return `package-${index}`;
  }

  find(reference: string): ProviderWanted | undefined {
    return reference === "" ? undefined : this.#packages[Number(reference.slice("package-".length))];
  }
}
