export { type Batch, Batches, FeedBroken } from './batches.js';
export { type Write, consistencyToken, parseConsistencyToken } from './consistency-token.js';
export { type Behind, eventsBehind } from './events-behind.js';
export { EventStore } from './event-store.js';
export { EventStoreModule } from './event-store.module.js';
export { UnreadableEvent, type Upcasts, upcasted } from './recorded.js';
export type { Delivery, Feed, SubscriptionOptions } from './subscription.js';
export { Window } from './window.js';
