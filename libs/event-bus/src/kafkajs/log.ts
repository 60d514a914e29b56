import kafkajs, { type LogEntry } from 'kafkajs';
import type { Logger } from 'pino';

const { logLevel } = kafkajs;

// What kafkajs calls an error is mostly an attempt that it repeats by itself; what lasts reaches the caller as a rejection or an
// event. Its information tells of every pause, join and reconnection.
const levels = {
  [logLevel.ERROR]: 'warn',
  [logLevel.WARN]: 'debug',
  [logLevel.INFO]: 'debug',
  [logLevel.DEBUG]: 'trace',
} as const;

/** kafkajs' log in ours, a level below what it thinks of itself. */
export function kafkajsLog(log: Logger): () => (entry: LogEntry) => void {
  const child = log.child({ client: 'kafkajs' });
  return () =>
    ({ namespace, level, log: { message, error, broker, groupId, topic, partition, retryCount } }) => {
      if (level === logLevel.NOTHING) return;
      child[levels[level]]({ namespace, error, broker, groupId, topic, partition, retryCount }, message);
    };
}

/** kafkajs builds a line for every request at its level debug: asked for only where it is written. */
export const kafkajsLevel = (log: Logger) => (log.isLevelEnabled('trace') ? logLevel.DEBUG : logLevel.INFO);
