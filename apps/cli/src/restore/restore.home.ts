import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Damage,
  StoreSnapshot,
  isStructural,
  restoreStore,
  storeFileIn,
  verifyStore,
} from '#embedded-event-store';
import { type Environment, eventsFolder, homeOf, readModelsFolder, signingKeyFile } from '#station-home';
import { Failure } from '../failure.js';
import { count, counted, timed } from '../figures.js';
import { progressBar } from '../progress.bar.js';
import { refuseHeld } from '../session/home.lease.js';
import type { Session } from '../session/session.js';
import { isOwn, unreadable } from '../verify/readable.js';
import { line } from '../verify/verify.report.js';

const MOST = 20; // lines for a person; yizhan verify has them all

/** Puts a backup in its place and says what comes next. Throws {@link Failure}. */
export async function restore({ environment, signal }: Session, file: string): Promise<string> {
  if (environment['EVENTSTORE_URL']) {
    throw new Failure(
      'EVENTSTORE_URL is set: a station started like this would not see what is restored. Unset it.',
      2,
    );
  }
  const from = resolve(file);
  if (!existsSync(from)) throw new Failure(`There is no ${from}`, 2);
  const home = homeOf(environment);
  await refuseHeld(home);
  const faults = await refuseDamaged(from, signal);
  const { result, seconds } = await timed(() => place(from, home, signal));
  const { events, streams, lastPosition } = result;
  return `Restored ${counted(events, 'event')} of ${counted(streams, 'stream')}, up to position ${count(lastPosition)}, in ${seconds.toFixed(1)} s.
${[`The home is ${home}. Its read models are built anew when the station starts.`, ...remarks(home, environment), ...remarksOn(faults)].join('\n')}
`;
}

/** Refuses what is not the store that was backed up, and gives what is the matter with single events: so they were written. */
async function refuseDamaged(from: string, signal: AbortSignal): Promise<Damage[]> {
  const bar = progressBar('verified {value} of {total} events');
  try {
    const { damage } = await verifyStore(from, {
      isOwn,
      unreadable,
      progress: (done, total) => {
        signal.throwIfAborted();
        bar.show(done, total);
      },
    });
    if (!damage.some(isStructural)) return damage;
  } finally {
    bar.end();
  }
  throw new Failure(
    `${from} is damaged and was not restored.\nyizhan verify --file ${from} says what is wrong with it.`,
  );
}

async function place(from: string, home: string, signal: AbortSignal) {
  const directory = eventsFolder(home);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const copied = await restoreStore(from, directory, {
    progress: () => signal.throwIfAborted(),
    // Before the events take their place: read models of other events must never meet them.
    ready: () => rmSync(readModelsFolder(home), { recursive: true, force: true }),
  });
  const placed = StoreSnapshot.open(storeFileIn(directory));
  const { events, lastPosition } = placed.census();
  placed.close();
  if (events === copied.events && lastPosition === copied.lastPosition) return copied;
  throw new Failure(`${directory} holds ${events} events, not ${copied.events}: check the disk`);
}

function remarksOn(faults: Damage[]): string[] {
  if (faults.length === 0) return [];
  const more =
    faults.length > MOST ? [`  and ${count(faults.length - MOST)} more (yizhan verify has them)`] : [];
  return [
    `${counted(faults.length, 'event')} came as they were backed up, though this program cannot use them:`,
    ...faults.slice(0, MOST).map((each) => `  ${line(each)}`),
    ...more,
  ];
}

function* remarks(home: string, { DATABASE_URL }: Environment): Iterable<string> {
  if (!existsSync(signingKeyFile(home))) {
    yield `There is no signing key in it: put the old one at ${signingKeyFile(home)},`;
    yield '  or the start makes a new one and tokens given out before are refused.';
  }
  if (DATABASE_URL) {
    yield 'The read models in DATABASE_URL were built from other events: empty that database before the start.';
  }
}
