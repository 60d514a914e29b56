import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Damage, type StoreReport, isStructural, verifyStore } from '#embedded-event-store';
import { Failure } from '../failure.js';
import { count, counted, megabytes, timed } from '../figures.js';
import { progressBar } from '../progress.bar.js';
import { eventsFileOf } from '../session/home.events.js';
import type { Session } from '../session/session.js';
import { isOwn, unreadable } from './readable.js';
import type { VerifyOptions } from './verify.command.js';

const MOST = 100; // lines for a person; --json has them all

/** Verifies the home's events or a file, and says what was found. */
export async function verify(
  { environment, signal }: Session,
  options: VerifyOptions,
): Promise<{ text: string; sound: boolean }> {
  const file = options.file ? fileAt(options.file) : eventsFileOf(environment, 'verify');
  const bar = progressBar('{value} of {total} events');
  try {
    const { result, seconds } = await timed(() =>
      verifyStore(file, {
        isOwn,
        unreadable,
        progress: (done, total) => {
          signal.throwIfAborted();
          bar.show(done, total);
        },
      }),
    );
    const sound = result.damage.length === 0;
    const text = options.json
      ? `${JSON.stringify({ file, sound, ...result, seconds })}\n`
      : said(file, result, seconds);
    return { text, sound };
  } finally {
    bar.end();
  }
}

function fileAt(path: string): string {
  const file = resolve(path);
  if (existsSync(file)) return file;
  throw new Failure(`There is no ${file}`, 2);
}

function said(
  file: string,
  { events, streams, lastPosition, bytes, damage }: StoreReport,
  seconds: number,
): string {
  const looked = `${counted(events, 'event')} of ${counted(streams, 'stream')}, up to position ${count(lastPosition)}, in ${seconds.toFixed(1)} s.
  ${file} (${megabytes(bytes)})
`;
  if (damage.length === 0) return `Sound: ${looked}`;
  const lines = damage.slice(0, MOST).map((each) => `  ${line(each)}\n`);
  if (damage.length > MOST) lines.push(`  and ${count(damage.length - MOST)} more (--json has them)\n`);
  // A backup holds single events as they were written: it helps where events were lost.
  const advice = damage.some(isStructural) ? ' Restore a backup (yizhan restore) into a new home.' : '';
  return `Damaged: ${looked}${lines.join('')}Nothing was changed.${advice}\n`;
}

/** One piece of damage for a person. */
export const line = ({ kind, stream, position, detail }: Damage): string =>
  [kind, stream, position === undefined ? undefined : `at position ${position}`].filter(Boolean).join(' ') +
  `: ${detail}`;
