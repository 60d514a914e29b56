import { type Recorded, project } from '#event-sourcing';
import type { Batch } from '#event-store';
import { type Connection, type Database, transaction } from './database.js';
import { allPartition } from './schema.js';
import { type AnyProjection, type Statements, type Tables, statementsOf } from './table.sql.js';
import { TallySums } from './tally-sums.js';

export type Checkpoint = { position: bigint; recordedAt: string | undefined; events: bigint };

type Row = Record<string, unknown>;
type Stored = { position: string; recorded_at: string | null; events: string };

/** Applies batches to the tables of one build of a projection. */
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

  async checkpoint(): Promise<Checkpoint> {
    const { rows } = await this.database.query<Stored>(select, [this.tables.checkpoint, allPartition]);
    return checkpointOf(rows[0]);
  }

  /**
   * Rows, tallies and checkpoint commit together or not at all. Events at or below the checkpoint are skipped: whoever
   * applied them committed them, be it this process or another. Returns where the checkpoint is now.
   */
  async apply(batch: Omit<Batch, 'caughtUp'>): Promise<Checkpoint> {
    return transaction(this.database, async (connection) => {
      const { rows } = await connection.query<Stored>(`${select} for update`, [
        this.tables.checkpoint,
        allPartition,
      ]);
      const before = checkpointOf(rows[0]);
      if (batch.position <= before.position) return before;
      const events = batch.events.filter(
        ({ position, stream }) =>
          position > before.position &&
          this.projection.streams.some((prefix: string) => stream.startsWith(prefix)),
      );
      if (events.length > 0) await this.fold(connection, events);
      const after = {
        position: batch.position,
        recordedAt: batch.recordedAt ?? before.recordedAt,
        events: before.events + BigInt(events.length),
      };
      await connection.query(update, [
        this.tables.checkpoint,
        allPartition,
        after.position,
        after.recordedAt,
        after.events,
      ]);
      return after;
    });
  }

  private async fold(connection: Connection, events: Recorded[]): Promise<void> {
    const keys = events.map((event) => this.projection.rowOf(event));
    const stored = await this.load(connection, [...new Set(keys)]);
    const now = new Map(stored);
    const sums = this.sums();
    for (const [index, event] of events.entries()) {
      const key = keys[index] as string;
      const before = now.get(key);
      const after = project(this.projection, before, event) as Row | undefined;
      if (after === before) continue;
      if (after) now.set(key, after);
      else now.delete(key);
      sums?.add(this.projection.tally?.of(before, after, event) ?? []);
    }
    await this.write(connection, stored, now);
    const changed = sums?.changed() ?? [];
    if (changed.length > 0 && this.statements.add) {
      await connection.query(this.statements.add, [JSON.stringify(changed)]);
    }
  }

  private async load(connection: Connection, keys: string[]): Promise<Map<string, Row>> {
    const { rows } = await connection.query<{ rows: Row[] }>(this.statements.load, [keys]);
    return new Map((rows[0]?.rows ?? []).map((row) => [row[this.key] as string, row]));
  }

  private async write(
    connection: Connection,
    stored: Map<string, Row>,
    now: Map<string, Row>,
  ): Promise<void> {
    const written = [...now].filter(([key, row]) => stored.get(key) !== row).map(([, row]) => row);
    const removed = [...stored.keys()].filter((key) => !now.has(key));
    if (written.length > 0) await connection.query(this.statements.write, [JSON.stringify(written)]);
    if (removed.length > 0) await connection.query(this.statements.remove, [removed]);
  }

  private sums(): TallySums | undefined {
    const { tally } = this.projection;
    return tally && new TallySums(Object.keys(tally.key), tally.counters);
  }
}

const select = `select position, recorded_at, events from projection_checkpoint
  where projection = $1 and partition = $2`;

const update = `update projection_checkpoint
  set position = $3, recorded_at = $4, events = $5, updated_at = now() where projection = $1 and partition = $2`;

function checkpointOf(stored: Stored | undefined): Checkpoint {
  if (!stored) throw new Error('the checkpoint is gone: the projection was dropped by a newer version');
  return {
    position: BigInt(stored.position),
    recordedAt: stored.recorded_at ?? undefined,
    events: BigInt(stored.events),
  };
}
