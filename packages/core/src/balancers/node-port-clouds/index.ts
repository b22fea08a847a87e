import type { Balancer } from "../balancer";
import type { Controller } from "../controller";
import { balancerOfCloud } from "./balancer";
import { controllerOfCloud } from "./controller";
import * as rows from "./rows";

const CLOUDS = Object.values(rows).map(({ cloud }) => cloud);

export const NODE_PORT_BALANCERS: readonly Balancer[] = CLOUDS.map(balancerOfCloud);
export const NODE_PORT_CONTROLLERS: readonly Controller[] = CLOUDS.map(controllerOfCloud);
