import type { Instructions } from "../../instructions";
import { wordsFor } from "./words";

export const NLB_INSTRUCTIONS: Instructions = {
  sendProxyProtocol: wordsFor({
    annotations: 'set the annotation aws-load-balancer-proxy-protocol: "*"',
    targetGroup: "set proxyProtocolV2: true on the target group",
    component: "set proxyProtocol: true",
  }),
  hideClientAddress: wordsFor({
    annotations:
      "set preserve_client_ip.enabled=false in the annotation aws-load-balancer-target-group-attributes",
    targetGroup: "set preserveClientIp: false on the target group",
    component: "set preserveClientAddress: false",
  }),
};
