export { breaches } from './additive.js';
export { asyncApi } from './asyncapi.js';
export type { PublicEvent } from './public-event.js';
export { publicTopic } from './public-topic.js';
export {
  UnknownPublication,
  carriedStreams,
  publicEvent,
  publications,
  publishedStreams,
  typeOf,
} from './publish.js';
export { Contract, ContractBroken, type Schemas, readSchemas } from './schemas.js';
export { type StructuredEvent, structured } from './structured.js';
