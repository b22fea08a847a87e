export { preview } from "./preview";
export * from "./errors";
export type * from "./options";
export type * from "./result";
export { kubernetes } from "./providers/kubernetes";
export { aws } from "./providers/aws";
export { builtinProviders } from "./providers";
export { echo } from "./providers/default";
export type * from "./providers/provider";
export {
  Asset,
  ResourceReference,
  Secret,
  Unknown,
  secret,
  secretPaths,
  unknown,
  unknownPaths,
  type PropertyMap,
  type PropertyValue,
} from "./values/property";
