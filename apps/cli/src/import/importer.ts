import { hash } from 'node:crypto';
import { Window } from '#event-store';
import type { Life, Profile } from './profile.js';
import { type QuarantineReason, Quarantined } from './quarantine.reason.js';
import { RequestWriter, type Target } from './request-writer.js';
import type { Row } from './row-source.js';
import { StationOpenings } from './station-openings.js';

/** `accepted + duplicates + quarantined = rows` when a run is over. */
export type Tally = {
  rows: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  /** Appended by this run, those that opened stations among them. */
  events: number;
};

export type Run = {
  target: Target;
  profile: Profile;
  /** Correlation id of every event of this run. */
  id: string;
  /** The file's name, as the events' cause. */
  file: string;
  quarantine: (row: Row, reason: QuarantineReason) => Promise<void>;
  /** After every row that was read, with the figures so far. */
  progress: (tally: Readonly<Tally>) => void;
  signal: AbortSignal;
};

// Enough to fill the event store's group commits, little enough to keep memory flat.
const inFlight = 128;

/** Rows in, events out, in the order of the file. An abort finishes what was begun, and so does a failure. */
export async function importRows(rows: AsyncIterable<Row>, run: Run): Promise<Tally> {
  const { target, profile, id, signal } = run;
  const tally: Tally = { rows: 0, accepted: 0, duplicates: 0, quarantined: 0, events: 0 };
  const writer = await RequestWriter.start(target, id);
  const stations = new StationOpenings(target, { run: id, profile: profile.name });
  const window = new Window(inFlight);
  try {
    for await (const row of rows) {
      if (signal.aborted) break;
      tally.rows += 1;
      run.progress(tally);
      const life = read(row, profile);
      if (typeof life === 'string') {
        tally.quarantined += 1;
        await run.quarantine(row, life);
        continue;
      }
      const station = await stations.opened(life.station);
      const origin = {
        profile: profile.name,
        place: `${run.file}:${row.line}`,
        hash: fingerprint(row, profile),
      };
      await window.begin(life.key, async () => {
        const events = await writer.write(life, station, origin);
        tally.events += events;
        if (events > 0) tally.accepted += 1;
        else tally.duplicates += 1;
      });
    }
  } finally {
    await window.end();
    tally.events += stations.events;
  }
  return tally;
}

function read({ cells }: Row, profile: Profile): Life | QuarantineReason {
  if (!cells) return 'wrong-columns';
  try {
    return profile.read(cells);
  } catch (error) {
    if (error instanceof Quarantined) return error.reason;
    throw error;
  }
}

// Of the columns that are read, by name: the same row exported with other columns is the same row.
const fingerprint = ({ cells }: Row, { columns }: Profile): string =>
  hash('sha256', JSON.stringify(columns.map((column) => cells?.[column])), 'base64url').slice(0, 22);
