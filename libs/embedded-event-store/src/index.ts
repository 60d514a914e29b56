export { startEmbeddedEventStore, type EmbeddedEventStore } from './embedded-event-store.js';
export { EventStoreUnavailable, type UnavailableReason } from './event-store-unavailable.js';
export { startNode, type EventStoreNode, type NodeOptions } from './node.js';
