import { ServiceTraffic } from "../src/service-traffic";

new ServiceTraffic("acme-services", { all: "advisory" });
