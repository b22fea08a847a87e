import { echo } from "./default";
import type { Provider } from "./provider";

export const aws: Provider = { ...echo, acceptsSecrets: false };
