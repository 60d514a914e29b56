import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import pretty, { type PrettyOptions } from 'pino-pretty';
import { correlationId } from './correlation.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const options: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  redact: {
    paths: ['authorization', 'headers.authorization', 'req.headers.authorization', 'headers.cookie', 'token'],
    censor: '…',
  },
  mixin: () => {
    const id = correlationId();
    return id === undefined ? {} : { correlationId: id };
  },
};

/** One JSON object per line; on a terminal, lines for people. Written before the call returns, so a crash loses none. */
export function createLogger(level: LogLevel, to: DestinationStream = destination()): Logger {
  return pino({ ...options, level }, to);
}

function destination(): DestinationStream {
  if (!process.stdout.isTTY) return pino.destination({ dest: 1, sync: true });
  return forPeople();
}

/** One line per entry, local time first, in colours where the terminal has them. */
export function forPeople(to: PrettyOptions = {}): DestinationStream {
  return pretty({
    sync: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname',
    singleLine: true,
    ...to,
  });
}
