import { type LoggedAt, type RequestCommand } from '#requests';
import { stationCode } from '#stations';
import type { LocalTime, ReadTime } from './local-time.js';
import { Quarantined } from './quarantine.reason.js';

type Logging = Extract<RequestCommand, { type: 'LogRequest' }>['data'];

/** What happened to a request after it was logged; `at` is ISO 8601 in UTC. */
export type Step = { command: Exclude<RequestCommand, { type: 'LogRequest' }>; at: string };

/** The life of a request as one row of a file tells it. */
export type Life = {
  /** Names the case for ever, within the profile: the number and all event ids derive from it. */
  key: string;
  station: LoggedAt;
  /** `yyyy-mm-dd` in the station's zone. */
  day: string;
  /** Who wrote the row; the profile's name where the file does not say. */
  by: string;
  /** ISO 8601 in UTC. */
  loggedAt: string;
  log: Omit<Logging, 'requestId' | 'station' | 'source'>;
  steps: Step[];
};

/** A cell under its column's name, trimmed. */
export type Cells = Readonly<Record<string, string>>;

/** How the rows of one kind of file are read. */
export type Profile = {
  name: string;
  /** IANA name of the zone that its dates are written in. */
  timeZone: string;
  /** The columns it reads; a file may have others, which are left alone. */
  columns: readonly string[];
  /** Pure. Throws {@link Quarantined} for a row that cannot be true. */
  read: (cells: Cells) => Life;
};

/** The columns that are read hold text, not a database's word for nothing or the debris of a wrong encoding. */
export function checkCells(cells: Cells, columns: readonly string[]): void {
  for (const column of columns) {
    const text = cells[column] ?? '';
    // PostgreSQL refuses NUL: one such character would stop the read models.
    if (/[\0\uFFFD]/.test(text)) throw new Quarantined('unreadable-text');
    if (/^null$/i.test(text)) throw new Quarantined('null-text');
    if (text.length > longestText) throw new Quarantined('too-long');
  }
}

const longestText = 4_000;
const longestName = 200;
const longestSummary = 200;

/** A summary is one line of the logbook: what does not fit into 200 characters stands whole in the details. */
export function described(text: string): { summary: string; details?: string } {
  const characters = [...text];
  if (characters.length <= longestSummary) return { summary: text };
  return { summary: `${characters.slice(0, longestSummary - 1).join('')}…`, details: text };
}

/**
 * What things are known by: a category, a unit, a person. Read models index it, and PostgreSQL refuses an entry of more than
 * 2.7 kB: one such row would stop them for good.
 */
export function named(text: string | undefined): string | undefined {
  if (text && [...text].length > longestName) refuse('too-long');
  return text || undefined;
}

export const key = (text: string | undefined): string => named(text) ?? refuse('missing-key');

export function code(text: string | undefined): string {
  return text && stationCode.test(text) ? text : refuse('invalid-station');
}

export const created = (text: string | undefined, read: ReadTime): LocalTime =>
  text ? read(text) : refuse('missing-date');

/** When it was closed; `undefined` while it is open. */
export function closed(text: string | undefined, read: ReadTime, since: LocalTime): LocalTime | undefined {
  if (!text) return undefined;
  const time = read(text);
  return time.at < since.at ? refuse('closed-before-created') : time;
}

/** Resolved with these words, and closed with it. */
export const resolvedAndClosed = (outcome: string, at: string): Step[] => [
  { command: { type: 'Resolve', data: { outcome } }, at },
  { command: { type: 'Close', data: {} }, at },
];

function refuse(reason: Quarantined['reason']): never {
  throw new Quarantined(reason);
}
