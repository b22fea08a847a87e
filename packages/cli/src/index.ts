export { main } from "./main";
export type { IO } from "./io";
