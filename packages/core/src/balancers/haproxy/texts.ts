import { statementsOf } from "../../model";

const HAPROXY_TEXTS = {
  "exclude-node-by-server": () => "take their servers out of the backend",
} as const;

export const sayHaproxy = statementsOf(HAPROXY_TEXTS);
