import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AnyProjection,
  type Connection,
  type Database,
  type PartitionedFeed,
  tablesOf,
} from '#read-store';
import { FEED, ReadModels } from '../read-models.js';
import { readModels } from '../projections.js';
import { knowsRelay } from './relay-tables.js';

/** A partition: what a projection knows of it, and what the relay had carried into it when it last wrote that down. */
export type PartitionCarried = { known: bigint; tail: bigint };

/**
 * The `$all` position up to which nothing is missing that is still to come. A partition without news says nothing by itself of how
 * far it has come: but when the projection has all that the relay had carried there, it has everything up to the relay's position.
 */
export function completeUpTo(partitions: readonly PartitionCarried[], carried: bigint): bigint {
  const newest = partitions.map(({ known }) => known).reduce(most, -1n);
  const ends = partitions.map(({ known, tail }) =>
    known >= tail || tail === 0n ? most(known, carried) : known,
  );
  return ends.reduce(least, newest);
}

const lookEvery = 50; // milliseconds

type Row = { known: string; tail: string | null; carried: string | null };

/** How far read models know the whole log, where it comes to them in partitions and one may be behind the others. */
@Injectable()
export class Completeness {
  constructor(
    private readonly models: ReadModels,
    @Inject(FEED) private readonly feed: PartitionedFeed | null,
  ) {}

  /** In the snapshot of a connection; `newest` is the last position that the projection contains. */
  async upTo(connection: Connection, projection: AnyProjection, newest: string): Promise<string> {
    return this.feed ? (await position(connection, projection, this.feed)).toString() : newest;
  }

  /** Whether a read model knows everything up to a position, or does within the patience (milliseconds). */
  async reaches(name: string, due: bigint, patience: number): Promise<boolean> {
    const projection = readModels.find((one) => one.name === name);
    if (!this.feed || !projection) return true; // then it knew when it had the event itself
    for (const end = Date.now() + patience; ; await sleep(lookEvery)) {
      if ((await position(this.models.database, projection, this.feed)) >= due) return true;
      if (Date.now() + lookEvery > end) return false;
    }
  }
}

async function position(
  database: Connection | Database,
  projection: AnyProjection,
  { name }: PartitionedFeed,
): Promise<bigint> {
  const { checkpoint } = tablesOf(projection);
  const { rows } = (await knowsRelay(database))
    ? await database.query<Row>(behindRelay, [checkpoint, name])
    : await database.query<Row>(byItself, [checkpoint]);
  const partitions = rows.map(({ known, tail }) => ({ known: BigInt(known), tail: BigInt(tail ?? 0) }));
  return completeUpTo(partitions, BigInt(rows[0]?.carried ?? -1));
}

const byItself = `select position as known, null as tail, null as carried
  from projection_checkpoint where projection = $1`;

const behindRelay = `select known.position as known, tail.position as tail, topic.position as carried
  from projection_checkpoint known
  left join relay_topic topic on topic.topic = $2
  left join relay_checkpoint tail on tail.topic = $2 and tail.partition::text = known.partition
  where known.projection = $1`;

const most = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);
