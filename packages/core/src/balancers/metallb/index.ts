export {
  bgpAnnouncers,
  layer2Announcers,
  type AnnouncementInput,
  type Announcers,
  type Reason,
} from "./announce";
export { metallbController } from "./controller";
export { canonical, leadershipOrder } from "./election";
export { readAdvertisement, readPeer, readPool, type Advertisement, type Peer, type Pool } from "./objects";
export { readRange, type RangeReading } from "./ranges";
export { backendKeyOf, grantAddresses, type AddressRequest, type Grant } from "./sharing";
export { advertisementsOf } from "./advertised";
export { readObjects } from "./installation";
