import type { Instructions } from "../instructions";

export const HAPROXY_INSTRUCTIONS: Instructions = {
  sendProxyProtocol: () => "write `send-proxy-v2` on every server",
  hideClientAddress: () => "remove `usesrc clientip` from the `source` of the servers",
};
