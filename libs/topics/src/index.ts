export { fromLogRecord, logTopic, toLogRecord } from './log.topic.js';
export { toPublicRecord } from './public.topic.js';
