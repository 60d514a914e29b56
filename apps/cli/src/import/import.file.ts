import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { EventStore } from '#event-store';
import { Failure } from '../failure.js';
import type { Session } from '../session/session.js';
import { baltimore311Columns, baltimore311Profile } from './baltimore311.profile.js';
import { caseworkColumns, caseworkProfile } from './casework.profile.js';
import { stationsIn, withEventStore, holdsRequests } from './import.target.js';
import { type Tally, importRows } from './importer.js';
import { patient } from './patient.target.js';
import type { Profile } from './profile.js';
import type { ProfileName } from './profile.names.js';
import { progressOf } from './progress.js';
import { QuarantineFile } from './quarantine.file.js';
import type { QuarantineReason } from './quarantine.reason.js';
import { registerColumns, registerProfile } from './register.profile.js';
import { type Named, registerStation } from './register.station.js';
import { Rehearsal } from './rehearsal.js';
import { type RowSource, openRows } from './row-source.js';
import { type Report, goOn, summary } from './summary.js';
import type { Encoding } from './text-encoding.js';

export type ImportOptions = Named & {
  profile: ProfileName;
  dryRun?: boolean;
  json?: boolean;
  encoding?: Encoding;
  quarantine?: string;
};

const columns: Record<ProfileName, readonly string[]> = {
  casework: caseworkColumns,
  baltimore311: baltimore311Columns,
  register: registerColumns,
};

/** Imports a file, or rehearses it, and reports what became of it. */
export async function importInto(session: Session, file: string, options: ImportOptions): Promise<Report> {
  // A file that cannot be read is not worth the start of a station.
  const source = await openRows(file, columns[options.profile], options.encoding);
  return withEventStore(session, !options.dryRun, (store) =>
    importFile(file, source, options, store, session.signal),
  );
}

async function importFile(
  file: string,
  source: RowSource,
  options: ImportOptions,
  store: EventStore | undefined,
  signal: AbortSignal,
): Promise<Report> {
  const profile = await profileOf(options, store);
  const path = options.quarantine ?? `${file}.quarantine.csv`;
  const quarantine = options.dryRun ? undefined : await QuarantineFile.at(path, source.columns);
  const reasons = new Map<QuarantineReason, number>();
  const progress = progressOf(source, process.stderr);
  const began = performance.now();
  let latest: Readonly<Tally> | undefined;
  const report = async (tally: Tally): Promise<Report> => ({
    tally,
    reasons,
    seconds: (performance.now() - began) / 1_000,
    quarantine: await quarantine?.close(),
    rehearsed: options.dryRun === true,
  });
  try {
    const tally = await importRows(source.rows, {
      target: options.dryRun ? await rehearsalOver(store) : patient(required(store), signal),
      profile,
      id: randomUUID(),
      file: basename(file),
      quarantine: async (row, reason) => {
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        await quarantine?.add(row, reason);
      },
      progress: (tally) => {
        latest = tally;
        progress.show(tally);
      },
      signal,
    });
    return await report(tally);
  } catch (error) {
    if (!latest || !(error instanceof Failure)) throw error;
    // Whoever reads why it broke off wants to know how far it had come.
    throw new Failure(`${error.message}\n${summary(await report(latest))}${goOn}`, error.code);
  } finally {
    progress.end();
  }
}

// Asking the store for each row's stream is slow; before the first request there is nothing to ask for.
const rehearsalOver = async (store: EventStore | undefined): Promise<Rehearsal> =>
  Rehearsal.over(store, store !== undefined && (await holdsRequests(store)));

async function profileOf(options: ImportOptions, store: EventStore | undefined): Promise<Profile> {
  switch (options.profile) {
    case 'casework':
      return caseworkProfile();
    case 'baltimore311':
      return baltimore311Profile();
    case 'register':
      return registerProfile(registerStation(options, await stationsIn(store)));
  }
}

function required(store: EventStore | undefined): EventStore {
  if (!store) throw new Failure('There is no event store to write to');
  return store;
}
