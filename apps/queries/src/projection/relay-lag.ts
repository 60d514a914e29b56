import { ApiProperty } from '@nestjs/swagger';
import { type EventStore, eventsBehind } from '#event-store';
import { carriedStreams, publicTopic, publishedStreams } from '#public-events';
import type { Database } from '#read-store';
import { knowsRelay } from '../feed/relay-tables.js';

export class RelayLag {
  @ApiProperty({ example: 'yizhan.log.v1' }) readonly topic!: string;
  @ApiProperty({ example: '4711', description: 'Everything up to here is in the topic.' })
  readonly position!: string;
  @ApiProperty({ example: 0, description: 'Events behind it; counted up to 10,000.' })
  readonly lagEvents!: number;
  @ApiProperty({ example: false, description: 'Whether there may be more: the counting ended.' })
  readonly atLeast!: boolean;
  @ApiProperty({ example: 0, description: 'Age of the oldest of them.' }) readonly lagSeconds!: number;
}

const most = 10_000;

/**
 * How far the relays have come by their checkpoints, which are seconds old, against the event store itself: so it is told of
 * relays that stand still or do not run at all, too. Empty where there is no relay.
 */
export async function relayLags(database: Database, store: EventStore): Promise<RelayLag[]> {
  if (!(await knowsRelay(database))) return [];
  const { rows } = await database.query<{ topic: string; position: string }>(
    'select topic, position from relay_topic order by topic',
  );
  return Promise.all(
    rows.map(async ({ topic, position }) => ({
      topic,
      position,
      ...(await waiting(
        store,
        BigInt(position),
        topic === publicTopic.name ? publishedStreams : carriedStreams,
      )),
    })),
  );
}

type Waiting = Pick<RelayLag, 'lagEvents' | 'atLeast' | 'lagSeconds'>;

async function waiting(store: EventStore, position: bigint, streams: string[]): Promise<Waiting> {
  const { events, atLeast, since } = await eventsBehind(store, { position, streams }, most);
  const age = since === undefined ? 0 : Date.now() - Date.parse(since);
  return { lagEvents: events, atLeast, lagSeconds: Math.max(0, age / 1_000) };
}
