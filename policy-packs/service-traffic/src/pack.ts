import { ServiceTraffic } from "./service-traffic";

new ServiceTraffic();
