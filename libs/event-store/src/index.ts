export { EventStore } from './event-store.js';
export { EventStoreModule } from './event-store.module.js';
export { UnreadableEvent, type Upcasts } from './recorded.js';
export type { Delivery, SubscriptionOptions } from './subscription.js';
