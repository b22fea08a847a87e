import { echo } from "./default";
import type { Provider } from "./provider";

export function kubernetes(): Provider {
  return echo;
}
