import { Writable } from 'node:stream';
import { logLevel } from 'kafkajs';
import { type Level, pino } from 'pino';
import { kafkajsLevel, kafkajsLog } from './log.js';

function logged(level: logLevel): object {
  const lines: string[] = [];
  const to = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
  const log = kafkajsLog(pino({ level: 'trace', base: null, timestamp: false }, to));
  const timestamp = '2026-11-22T08:30:00.000Z';
  const entry = { timestamp, logger: 'kafkajs', message: 'Connection error', broker: 'a:1', stack: 'long' };
  log()({ namespace: 'Connection', level, label: '', log: entry });
  return JSON.parse(lines[0] as string) as object;
}

it('makes one line of an entry', () => {
  expect(logged(logLevel.ERROR)).toEqual({
    level: 40,
    client: 'kafkajs',
    namespace: 'Connection',
    broker: 'a:1',
    msg: 'Connection error',
  });
});

it.each([
  ['an error, which kafkajs repeats by itself,', logLevel.ERROR, 'warn'],
  ['a warning', logLevel.WARN, 'debug'],
  ['a piece of information', logLevel.INFO, 'debug'],
  ['a detail', logLevel.DEBUG, 'trace'],
])('takes %s a level lower', (_, level, as) => {
  expect(logged(level)).toMatchObject({ level: pino.levels.values[as] });
});

it.each<[Level, logLevel]>([
  ['info', logLevel.INFO],
  ['trace', logLevel.DEBUG],
])('asks kafkajs at %s for no more than is written', (level, asked) => {
  expect(kafkajsLevel(pino({ level }))).toBe(asked);
});
