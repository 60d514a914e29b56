import type { StatementSync } from 'node:sqlite';
import { nextTurn } from './next-turn.js';
import { unavailable } from './sqlite-failure.js';
import { type Damage, isStructural } from './store-damage.js';
import { type Census, StoreSnapshot } from './store-snapshot.js';
import { StreamOrder } from './stream-order.js';
import { uuidText } from './uuid.js';

/** A stored event with its JSON read, as far as it is JSON. */
export type ExaminedEvent = {
  stream: string;
  revision: number;
  type: string;
  /** Undefined where the event is not said to be JSON. */
  data: unknown;
  /** Undefined where there is none, or it is not JSON (it does not say what it is). */
  metadata: unknown;
};

export type VerifyOptions = {
  /**
   * Whether a stream is written by the application alone, which repeats no id and says JSON of nothing else. In any other
   * both are as the protocol allows.
   */
  isOwn?: (stream: string) => boolean;
  /** What an application says of an event that the store finds sound: why it cannot read it, or nothing. */
  unreadable?: (event: ExaminedEvent) => string | undefined;
  /** Events looked at so far, of all; what it throws ends the verification. */
  progress?: (done: number, total: number) => void;
};
export type StoreReport = Census & { bytes: number; damage: Damage[] };

type Row = {
  position: number;
  stream: number;
  name: string | null;
  revision: number;
  id: Uint8Array;
  type: string;
  json: number;
  metadata: Uint8Array;
  data: Uint8Array;
};

const MOST = 10_000; // a broken disk can damage every event: nobody reads more than that
const ROWS_A_TURN = 500;

const EVENTS = `SELECT e.position, e.stream, s.name, e.revision, e.id, e.type, e.json, e.metadata, e.data
  FROM events e NOT INDEXED LEFT JOIN streams s ON s.stream = e.stream ORDER BY e.position`;
const REPEATED = `SELECT e.id, count(*) AS times, max(e.position) AS position, s.name AS stream
  FROM events e JOIN streams s ON s.stream = e.stream
  WHERE e.stream IN (SELECT stream FROM streams WHERE is_own(name)) GROUP BY e.id HAVING count(*) > 1`;
const NO_EVENT = `SELECT name FROM streams s WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = s.stream)`;

/**
 * Looks at every page and every event of a store, also one that is being written, and changes nothing. Damage is
 * reported, never thrown; EventStoreUnavailable says that there is no store to look at.
 */
export async function verifyStore(file: string, options: VerifyOptions = {}): Promise<StoreReport> {
  const snapshot = StoreSnapshot.open(file);
  try {
    const damage = [...soundnessOfLog(snapshot), ...soundness(snapshot)];
    const census = censusOf(snapshot);
    const scan = new Scan(snapshot, census?.events ?? 0, options, damage);
    await scan.run();
    return { ...(census ?? scan.seen), bytes: snapshot.bytes, damage: worstOf(damage) };
  } finally {
    snapshot.close();
  }
}

function soundnessOfLog({ damageOfLog }: StoreSnapshot): Damage[] {
  return damageOfLog ? [{ kind: 'unsound-file', detail: `${damageOfLog}: what follows is lost` }] : [];
}

function soundness({ database, file }: StoreSnapshot): Damage[] {
  try {
    return (database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[])
      .filter(({ integrity_check }) => integrity_check !== 'ok')
      .map(({ integrity_check }) => ({
        kind: 'unsound-file',
        detail: integrity_check.replaceAll(/\s+/g, ' '),
      }));
  } catch (error) {
    return [{ kind: 'unsound-file', detail: unavailable(file, error).message }];
  }
}

// A damaged file may refuse to be counted: then it is told how far it could be read.
function censusOf(snapshot: StoreSnapshot): Census | undefined {
  try {
    return snapshot.census();
  } catch {
    return undefined;
  }
}

function worstOf(damage: Damage[]): Damage[] {
  if (damage.length <= MOST) return damage;
  return damage
    .toSorted((one, other) => Number(isStructural(other)) - Number(isStructural(one)))
    .slice(0, MOST);
}

class Scan {
  readonly seen: Census = { events: 0, streams: 0, lastPosition: 0 };
  readonly #order = new StreamOrder();

  constructor(
    private readonly snapshot: StoreSnapshot,
    private readonly total: number,
    private readonly options: VerifyOptions,
    private readonly damage: Damage[],
  ) {}

  async run(): Promise<void> {
    try {
      await this.#events();
      this.seen.streams = this.#order.streams;
      this.damage.push(...this.#order.end());
      this.#ids();
      this.#names();
    } catch (error) {
      if ((error as { errcode?: number }).errcode === undefined) throw error;
      this.damage.push({ kind: 'unsound-file', detail: `reading stopped: ${(error as Error).message}` });
    }
  }

  async #events(): Promise<void> {
    const { seen } = this;
    for (const row of this.#prepare(EVENTS).iterate() as Iterable<Row>) {
      for (const each of this.#examine(row)) this.#report(each);
      seen.lastPosition = row.position;
      if (++seen.events % ROWS_A_TURN !== 0) continue;
      this.options.progress?.(seen.events, this.total);
      await nextTurn();
    }
    this.options.progress?.(seen.events, this.total);
  }

  // What is in single events must not crowd out what is wrong with the whole.
  #report(damage: Damage): void {
    if (this.damage.length < (isStructural(damage) ? 2 * MOST : MOST)) this.damage.push(damage);
  }

  #examine(row: Row): Damage[] {
    const { position, revision, id } = row;
    const name = row.name ?? `(number ${row.stream})`;
    const at = { stream: name, position };
    const found = this.#order.next({ ...row, name });
    if (row.name === null) found.push({ kind: 'nameless-stream', ...at, detail: 'the stream has no name' });
    if (id.length !== 16)
      found.push({ kind: 'malformed-id', ...at, detail: `the id of revision ${revision} is no UUID` });
    const content = contentOf(row, name);
    if (typeof content === 'string' && this.options.isOwn?.(name))
      found.push({ kind: 'malformed-json', ...at, detail: content });
    const unreadable = typeof content === 'string' ? undefined : this.options.unreadable?.(content);
    if (unreadable) found.push({ kind: 'unreadable-event', ...at, detail: unreadable });
    return found;
  }

  #ids(): void {
    const { isOwn } = this.options;
    if (!isOwn) return;
    this.snapshot.database.function('is_own', (name) => Number(isOwn(String(name))));
    type Repeated = { id: Uint8Array; times: number; position: number; stream: string };
    for (const { id, times, position, stream } of this.#prepare(REPEATED).iterate() as Iterable<Repeated>) {
      if (id.length !== 16) continue;
      const detail = `${times} events have the id ${uuidText(id)}`;
      this.damage.push({ kind: 'repeated-id', stream, position, detail });
    }
  }

  #names(): void {
    for (const { name } of this.#prepare(NO_EVENT).iterate() as Iterable<{ name: string }>) {
      this.damage.push({ kind: 'empty-stream', stream: name, detail: 'the stream has no event' });
    }
  }

  #prepare(sql: string): StatementSync {
    return this.snapshot.database.prepare(sql);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

// The event with its JSON read, or what is wrong with that.
function contentOf({ revision, type, json, data, metadata }: Row, stream: string): ExaminedEvent | string {
  const read = { stream, revision, type };
  const meta = metadata.length === 0 ? undefined : jsonOf(metadata);
  if (json !== 1) return { ...read, data: undefined, metadata: meta?.value };
  const content = jsonOf(data);
  return content
    ? { ...read, data: content.value, metadata: meta?.value }
    : `the data of revision ${revision} is no JSON`;
}

function jsonOf(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return undefined;
  }
}
