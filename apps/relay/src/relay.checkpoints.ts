import type { Database } from '#read-store';

/** Where the copy in a partition ends: the offset the next record gets, the `$all` position of the last one. */
export type Checkpoint = { nextOffset: bigint; position: bigint };

/** Everything up to `position` of `$all` stands in its partition of the topic. */
export type Progress = { clusterId: string; position: bigint; partitions: ReadonlyMap<number, Checkpoint> };

const tables = `
  create table if not exists relay_topic (
    topic text primary key,
    cluster_id text not null,
    position bigint not null,
    updated_at timestamptz not null
  );
  create table if not exists relay_checkpoint (
    topic text not null,
    partition integer not null,
    next_offset bigint not null,
    position bigint not null,
    primary key (topic, partition)
  )`;

type TopicRow = { cluster_id: string; position: string };
type PartitionRow = { partition: number; next_offset: string; position: string };

/**
 * How far the topics have come, written now and then: a lower bound, from which a start reads on in the topics themselves.
 * Losing it costs time and nothing else.
 */
export class Checkpoints {
  constructor(private readonly database: Database) {}

  async prepare(): Promise<void> {
    await this.database.query(tables);
  }

  async load(topic: string): Promise<Progress | undefined> {
    const { rows } = await this.database.query<TopicRow>(
      'select cluster_id, position from relay_topic where topic = $1',
      [topic],
    );
    const [found] = rows;
    if (!found) return undefined;
    const partitions = await this.database.query<PartitionRow>(
      'select partition, next_offset, position from relay_checkpoint where topic = $1',
      [topic],
    );
    return {
      clusterId: found.cluster_id,
      position: BigInt(found.position),
      partitions: new Map(
        partitions.rows.map(({ partition, next_offset, position }) => [
          partition,
          { nextOffset: BigInt(next_offset), position: BigInt(position) },
        ]),
      ),
    };
  }

  async save(topic: string, { clusterId, position, partitions }: Progress): Promise<void> {
    const all = [...partitions];
    // One statement: the position never says more than the partitions do.
    await this.database.query(
      `with partitions as (
         insert into relay_checkpoint
         select $1, * from unnest($4::integer[], $5::bigint[], $6::bigint[])
         on conflict (topic, partition) do update
         set next_offset = excluded.next_offset, position = excluded.position
       )
       insert into relay_topic values ($1, $2, $3, now())
       on conflict (topic) do update
       set cluster_id = excluded.cluster_id, position = excluded.position, updated_at = now()`,
      [
        topic,
        clusterId,
        position,
        all.map(([partition]) => partition),
        all.map(([, { nextOffset }]) => nextOffset),
        all.map(([, checkpoint]) => checkpoint.position),
      ],
    );
  }
}
