// Every release that is modelled; a new one adds its line.
export { release as v1_30 } from "./1.30";
export { release as v1_31 } from "./1.31";
export { release as v1_32 } from "./1.32";
export { release as v1_33 } from "./1.33";
export { release as v1_34 } from "./1.34";
export { release as v1_35 } from "./1.35";
export { release as v1_36 } from "./1.36";
export { release as v1_37 } from "./1.37";
export { release as v1_38 } from "./1.38";
