export { fromLogRecord, logTopic, toLogRecord } from './log.topic.js';
export { publicTopic, toPublicRecord } from './public.topic.js';
