export { type CloudEvent, UnreadableRecord, fromRecord, toRecord } from './cloud-event.js';
export {
  type ConsumeOptions,
  type Consumption,
  type ConsumptionEvent,
  ConsumptionFailed,
  HaltPartition,
  type RecordBatch,
  StartOver,
} from './consume.options.js';
export { BusUnavailable } from './bus-unavailable.js';
export { EventBus } from './event-bus.js';
export type { EventBusOptions } from './event-bus.options.js';
export { partitionOf } from './partition-of.js';
export { PublishFailed, type Publisher, RecordTooLarge } from './publisher.js';
export type { OutgoingRecord, StoredRecord } from './record.js';
export { type OffsetRange, type OpenedTopic, type TopicSpec, WrongTopic } from './topic.js';
