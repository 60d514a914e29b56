import { type Recorded, project } from '#event-sourcing';
import type { Batch } from '#event-store';
import { type Connection, type Database, prepared, transaction } from './database.js';
import { park, partitionParked } from './parking.js';
import { type Chain, Gap, type Link, UnknownEvent, continues } from './partitioned-feed.js';
import { type Row, RowsUnderWay } from './rows-under-way.js';
import { allPartition } from './schema.js';
import { type AnyProjection, type Statements, type Tables, statementsOf } from './table.sql.js';
import { TallySums } from './tally-sums.js';

/** Events in order, and the position up to which nothing else of ours was stored. */
export type Advance = Pick<Batch, 'events' | 'position' | 'recordedAt'>;

export type Checkpoint = {
  /** The last applied `$all` position; -1 before the first event. */
  position: bigint;
  recordedAt: string | undefined;
  events: bigint;
  /** Of the partition's next record; a hint, the position is the truth. */
  nextOffset: bigint;
};

/** `applied`: events of the chain that were folded in. */
export type Applied = Checkpoint & { applied: number };

type CheckpointIn = Checkpoint & { partition: string };
type Stored = { position: string; recorded_at: string | null; events: string; next_offset: string };
type StoredIn = Stored & { partition: string };
type Work = (before: Checkpoint, connection: Connection) => Promise<Checkpoint>;

/** Applies events to the tables of one build of a projection: rows, tallies and checkpoint commit together or not at all. */
export class Projector {
  private readonly statements: Statements;
  private readonly key: string;

  constructor(
    private readonly database: Database,
    readonly projection: AnyProjection,
    private readonly tables: Tables,
  ) {
    this.statements = statementsOf(projection, tables);
    this.key = projection.table.key[0] as string;
  }

  async checkpoint(partition = allPartition): Promise<Checkpoint> {
    const { rows } = await this.database.query<Stored>(select, [this.tables.checkpoint, partition]);
    return checkpointOf(rows[0]);
  }

  /** Of all partitions. */
  async checkpoints(): Promise<CheckpointIn[]> {
    const { rows } = await this.database.query<StoredIn>(selectAll, [this.tables.checkpoint]);
    return rows.map((row) => ({ partition: row.partition, ...checkpointOf(row) }));
  }

  /**
   * The events of `$all` up to a position. Those at or below the checkpoint are skipped: whoever applied them committed
   * them, be it this process or another. Returns where the checkpoint is now.
   */
  apply({ events, position, recordedAt }: Advance): Promise<Checkpoint> {
    return this.advance(allPartition, async (before, connection) => {
      if (position <= before.position) return before;
      const fresh = events.filter((event) => event.position > before.position && this.concerns(event));
      await this.fold(connection, fresh);
      return {
        position,
        recordedAt: recordedAt ?? before.recordedAt,
        events: before.events + BigInt(fresh.length),
        nextOffset: 0n,
      };
    });
  }

  /**
   * Records of partitions, all or none. Throws {@link Gap} where one is missing. `parking`: the records of keys that are
   * parked are parked behind them.
   */
  applyChains(chains: readonly Chain[], options: { parking?: boolean } = {}): Promise<Applied[]> {
    return transaction(this.database, (connection) => this.applyWithin(connection, chains, options));
  }

  /** The same within a transaction of somebody else's. */
  async applyWithin(
    connection: Connection,
    chains: readonly Chain[],
    { parking = false } = {},
  ): Promise<Applied[]> {
    const before = await this.locked(
      connection,
      chains.map(({ partition }) => String(partition)),
    );
    const shares = chains.map(({ partition, links, next }, index) => {
      const from = before[index] as Checkpoint;
      const fresh = unbroken(links, from.position, partition);
      return { partition, from, fresh, next, flowing: fresh.filter((link) => this.concerns(link)) };
    });
    if (parking) await partitionParked(connection, this.tables.checkpoint, shares);
    const applied = shares.map(({ flowing }) => flowing.map((link) => link.event()));
    await this.fold(connection, applied.flat());
    const reached = shares.map(({ partition, from, fresh, next }, index) => {
      return { partition: String(partition), ...after(from, fresh, next, applied[index] as Recorded[]) };
    });
    await this.reach(connection, reached);
    return reached.map((checkpoint, index) => ({ ...checkpoint, applied: applied[index]?.length ?? 0 }));
  }

  /** Leaves a record that cannot be applied to an operator, with all that will follow it under its key. */
  parkLink(partition: number, link: Link, next: bigint, reason: string): Promise<Checkpoint> {
    return this.advance(String(partition), async (before, connection) => {
      const fresh = unbroken([link], before.position, partition);
      await park(connection, this.tables.checkpoint, partition, fresh, reason);
      return after(before, fresh, next, []);
    });
  }

  /**
   * Applies what an operator took out of the parking, however far its partition has come since: nothing of its rows was
   * touched in between.
   */
  applyParked(
    connection: Connection,
    partition: number,
    eventsOf: () => Promise<Recorded[]>,
  ): Promise<Checkpoint> {
    return this.advanceWithin(connection, String(partition), async (before) => {
      const events = await eventsOf();
      await this.fold(connection, events);
      return { ...before, events: before.events + BigInt(events.length) };
    });
  }

  /** Folds events over their rows within a transaction, without looking at any checkpoint. */
  async fold(connection: Connection, events: Recorded[]): Promise<void> {
    if (events.length === 0) return;
    const { write, remove, keep, add } = this.statements;
    const keys = events.map((event) => this.projection.rowOf(event));
    const rows = new RowsUnderWay(await this.load(connection, [...new Set(keys)]), keep !== undefined);
    const sums = this.sums();
    for (const [index, event] of events.entries()) {
      this.refuseUnknown(event);
      const key = keys[index] as string;
      const before = rows.at(key);
      const row = project(this.projection, before, event) as Row | undefined;
      if (row === before) continue;
      rows.become(key, row, event.position);
      sums?.add(this.projection.tally?.of(before, row, event) ?? []);
    }
    await put(connection, write, rows.written());
    const removed = rows.removed();
    if (removed.length > 0) await connection.query(prepared(remove, [removed]));
    await put(connection, keep, rows.past);
    await put(connection, add, sums?.changed() ?? []);
  }

  private advance(partition: string, work: Work): Promise<Checkpoint> {
    return transaction(this.database, (connection) => this.advanceWithin(connection, partition, work));
  }

  private async advanceWithin(connection: Connection, partition: string, work: Work): Promise<Checkpoint> {
    const [before] = (await this.locked(connection, [partition])) as [Checkpoint];
    const now = await work(before, connection);
    if (now !== before) await this.reach(connection, [{ partition, ...now }]);
    return now;
  }

  /**
   * Where partitions are, in the order of the question; nobody else moves them before the transaction ends. It also fences a
   * process that has lost its partition and does not know it yet.
   */
  private async locked(connection: Connection, partitions: string[]): Promise<Checkpoint[]> {
    const { rows } = await connection.query<StoredIn>(
      prepared(selectLocking, [this.tables.checkpoint, partitions]),
    );
    const stored = new Map(rows.map((row) => [row.partition, row]));
    return partitions.map((partition) => checkpointOf(stored.get(partition)));
  }

  private async reach(connection: Connection, checkpoints: readonly CheckpointIn[]): Promise<void> {
    const columns = [
      checkpoints.map(({ partition }) => partition),
      checkpoints.map(({ position }) => position),
      checkpoints.map(({ recordedAt }) => recordedAt),
      checkpoints.map(({ events }) => events),
      checkpoints.map(({ nextOffset }) => nextOffset),
    ];
    await connection.query(prepared(update, [this.tables.checkpoint, ...columns]));
  }

  private concerns({ stream }: { stream: string }): boolean {
    return this.projection.streams.some((prefix: string) => stream.startsWith(prefix));
  }

  private refuseUnknown({ type, stream, revision }: Recorded): void {
    if (type in this.projection.evolve) return;
    throw new UnknownEvent(`${this.projection.name} does not know ${type} (${revision}@${stream})`);
  }

  private async load(connection: Connection, keys: string[]): Promise<Map<string, Row>> {
    const { rows } = await connection.query<{ rows: Row[] }>(prepared(this.statements.load, [keys]));
    return new Map((rows[0]?.rows ?? []).map((row) => [row[this.key] as string, row]));
  }

  private sums(): TallySums | undefined {
    const { tally } = this.projection;
    return tally && new TallySums(tally);
  }
}

async function put(connection: Connection, statement: string | undefined, rows: object[]): Promise<void> {
  if (statement && rows.length > 0) await connection.query(prepared(statement, [JSON.stringify(rows)]));
}

/** What is above the checkpoint, without those that came before it a second time. */
function unbroken(links: readonly Link[], from: bigint, partition: number): Link[] {
  const fresh: Link[] = [];
  let last = from;
  for (const [index, link] of links.entries()) {
    if (link.position <= last) continue;
    if (!continues(link, last)) throw new Gap(partition, link, last, index);
    fresh.push(link);
    last = link.position;
  }
  return fresh;
}

function after(before: Checkpoint, fresh: Link[], next: bigint, applied: Recorded[]): Checkpoint {
  return {
    position: fresh.at(-1)?.position ?? before.position,
    recordedAt: applied.at(-1)?.recordedAt ?? before.recordedAt,
    events: before.events + BigInt(applied.length),
    nextOffset: next,
  };
}

const select = `select position, recorded_at, events, next_offset from projection_checkpoint
  where projection = $1 and partition = $2`;

// In one order for everybody: two that want the same partitions wait for each other, and not in a circle.
const selectLocking = `select partition, position, recorded_at, events, next_offset from projection_checkpoint
  where projection = $1 and partition = any($2) order by partition for update`;

const selectAll = `select partition, position, recorded_at, events, next_offset from projection_checkpoint
  where projection = $1 order by partition`;

const update = `update projection_checkpoint stored
  set position = fresh.position, recorded_at = fresh.recorded_at, events = fresh.events,
      next_offset = fresh.next_offset, updated_at = now()
  from unnest($2::text[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::bigint[])
    as fresh (partition, position, recorded_at, events, next_offset)
  where stored.projection = $1 and stored.partition = fresh.partition`;

function checkpointOf(stored: Stored | undefined): Checkpoint {
  if (!stored) throw new Error('the checkpoint is gone: the projection was dropped by a newer version');
  return {
    position: BigInt(stored.position),
    recordedAt: stored.recorded_at ?? undefined,
    events: BigInt(stored.events),
    nextOffset: BigInt(stored.next_offset),
  };
}
