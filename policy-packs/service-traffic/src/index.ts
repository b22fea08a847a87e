export { policies, type ServiceTrafficPolicy, type Surroundings } from "./policies";
export { PRESETS } from "./presets";
export { PACK_NAME, ServiceTraffic } from "./service-traffic";
export type {
  CatalogueOptions,
  PackExemption,
  PolicyRuleId,
  RuleExemption,
  RuleOptions,
  ServiceTrafficOptions,
} from "./options";
