export { startEmbeddedEventStore, type EmbeddedEventStore } from './embedded-event-store.js';
export { EventStoreUnavailable, type UnavailableReason } from './event-store-unavailable.js';
export { startNode, type EventStoreNode, type NodeOptions } from './node.js';
export { copyStore, type CopyOptions, type StoreCopy } from './store-copy.js';
export { restoreStore } from './store-restore.js';
export { storeFileIn } from './store-path.js';
export { isStructural, type Damage, type DamageKind } from './store-damage.js';
export { StoreSnapshot, type Census } from './store-snapshot.js';
export {
  verifyStore,
  type ExaminedEvent,
  type StoreReport,
  type VerifyOptions,
} from './store-verification.js';
