import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { EventBus, type StoredRecord, fromRecord, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { EventStore, type Write, parseConsistencyToken } from '#event-store';
import { carriedStreams, publishedStreams, publicTopic } from '#public-events';
import { requestStream } from '#requests';
import { logTopic } from '#topics';
import { startPostgres } from '../postgres/start-postgres.js';
import type { Violation } from '../reliability/violation.js';
import type { Desk } from './desk.js';
import { type Acknowledged, canary } from './load.js';
import type { Servers } from './pipeline.process.js';
import { rowsOfAll } from './read-models.js';
import { flaws, repeats } from './topic-copy.js';

const settling = 30_000; // milliseconds without a change: nobody is at work on it any more

/** What stands in the event store, on the topics and in the read models, each held against the one before it. */
export class Evidence {
  readonly bus: EventBus;
  /** Streams of which nothing can be published or projected: parked behind Kafka, and where the public topic halts. */
  readonly poisoned: string[] = [];
  private readonly store: EventStore;

  constructor(
    private readonly servers: Servers,
    /** How long what is due may take, in milliseconds. */
    readonly patience: number,
  ) {
    const log = pino({ level: 'silent' });
    this.bus = new EventBus({ brokers: servers.kafka.addresses, clientId: 'evidence', log });
    this.store = EventStore.connect(servers.eventStoreUrl, 'as-stored');
  }

  close(): Promise<void> {
    return this.store.dispose();
  }

  /** Everything that has to be carried, in its order. */
  async written(): Promise<Recorded[]> {
    const events: Recorded[] = [];
    const leaving = new AbortController();
    for await (const delivery of this.store.subscribe({
      streams: carriedStreams,
      signal: leaving.signal,
    })) {
      if (delivery.kind === 'event') events.push(delivery.event);
      if (delivery.kind === 'caught-up') break;
    }
    leaving.abort();
    return events;
  }

  /** All that stands on a topic, by partition. */
  async contents(topic: string): Promise<Map<number, StoredRecord[]>> {
    const partitions = [...(await this.bus.offsets(topic)).keys()];
    const found = new Map(partitions.map((partition) => [partition, [] as StoredRecord[]]));
    const starts = new Map(partitions.map((partition) => [partition, 0n]));
    for await (const record of this.bus.readTails(topic, starts)) found.get(record.partition)?.push(record);
    return found;
  }

  /** Records that stand on the log's topic a second time. */
  async repeats(): Promise<number> {
    return repeats(await this.contents(logTopic.name));
  }

  /** What was answered with success and is not in the store. */
  async unwritten(acknowledged: readonly Acknowledged[]): Promise<Violation[]> {
    const times = Map.groupBy(await this.written(), ({ stream, type }) => `${type} ${stream}`);
    const once = (type: string, id: string) => times.get(`${type} ${requestStream(id)}`)?.length === 1;
    return acknowledged
      .filter(({ id }) => !once('RequestLogged', id) || !once('Assigned', id))
      .map(({ id }) => ({ kind: 'lost', what: `${id} was acknowledged and is not stored` }) as const);
  }

  /**
   * Which of these writes the relay has had its time to carry, and has not. `bus`: the brokers to ask, where not all of them answer.
   */
  async uncarried(writes: readonly Acknowledged[], bus = this.bus): Promise<Violation[]> {
    const due = new Map<number, bigint>();
    for (const { token } of writes) {
      const { stream, position } = parseConsistencyToken(token) as Write;
      const partition = partitionOf(stream, logTopic.partitions);
      if (position > (due.get(partition) ?? 0n)) due.set(partition, position);
    }
    let missing = due;
    for (const until = Date.now() + this.patience; missing.size > 0 && Date.now() < until; await sleep(50)) {
      const ends = await lastPositions(bus, logTopic.name).catch(() => new Map<number, bigint>());
      missing = new Map([...due].filter(([partition, position]) => (ends.get(partition) ?? 0n) < position));
    }
    return [...missing].map(([partition, position]) => ({
      kind: 'lost',
      what: `partition ${partition} does not reach position ${position}`,
    }));
  }

  /** A write that a projector has had its time to show, and does not. */
  async unseen(desk: Desk, queries: string, write: Acknowledged): Promise<Violation[]> {
    const { status, body } = await desk.sees(queries, `/v1/requests/${write.id}`, write, this.patience);
    if (status === 200) return [];
    return [{ kind: 'lost', what: `${write.id} is not seen: ${status} ${JSON.stringify(body)}` }];
  }

  /** What is wrong with the topics once the relay has had its time. */
  async ofTopics(): Promise<Violation[]> {
    const log = await this.written();
    const published = log.filter(({ stream }) =>
      publishedStreams.some((prefix) => stream.startsWith(prefix)),
    );
    const halt = published.findIndex(({ stream }) => this.poisoned.includes(stream));
    const topics = new Map<string, Recorded[]>([
      [logTopic.name, log],
      [publicTopic.name, halt >= 0 ? published.slice(0, halt) : published],
    ]);
    const found: Violation[] = [];
    for (const [name, due] of topics) {
      let wrong = flaws(due, await this.contents(name));
      for (const until = Date.now() + this.patience; wrong.length > 0 && Date.now() < until; await sleep(300))
        wrong = flaws(due, await this.contents(name));
      found.push(...wrong.map(({ kind, what }) => ({ kind, what: `${name}: ${what}` })));
    }
    const shown = [...(await this.contents(publicTopic.name)).values()].flat();
    const told = shown.filter(({ value, headers }) => (value + JSON.stringify(headers)).includes(canary));
    return [...found, ...told.map(({ key }) => ({ kind: 'changed', what: `${key} is told` }) as const)];
  }

  /** Where the read models differ from those that a rebuild from the event store makes, row by row. */
  async ofReadModels(desk: Desk, last: Acknowledged): Promise<Violation[]> {
    const other = await startPostgres({ given: this.servers.postgres.url });
    if ('unavailable' in other) throw new Error(other.unavailable);
    const env = { KAFKA_BROKERS: '', DATABASE_URL: other.url, PASSED_OVER: this.poisoned.join() };
    const direct = await this.servers.start('queries', env, 'passes-over.hook.js');
    try {
      await desk.sees(direct.url, `/v1/requests/${last.id}`, last);
      return await settledDifferences(this.servers.postgres.url, other.url);
    } finally {
      await direct.stop();
      await other.stop();
    }
  }
}

// Of the last record of each partition.
async function lastPositions(bus: EventBus, topic: string): Promise<Map<number, bigint>> {
  const offsets = await bus.offsets(topic);
  const lasts = [...offsets].filter(([, { end }]) => end > 0n);
  const from = new Map(lasts.map(([partition, { end }]) => [partition, end - 1n]));
  const found = new Map<number, bigint>();
  for await (const record of bus.readTails(topic, from))
    found.set(record.partition, fromRecord(record).position);
  return found;
}

/** Where the read models in one database differ from those in another, row by row, when nobody is at work on them any more. */
export const settledDifferences = (found: string, due: string): Promise<Violation[]> =>
  settled(async () => different(await rowsOfAll(found), await rowsOfAll(due)));

function different(
  found: Readonly<Record<string, string[]>>,
  due: Readonly<Record<string, string[]>>,
): Violation[] {
  return Object.entries(due).flatMap(([table, rows]) => {
    const there = new Set(found[table]);
    const missing = rows.filter((row) => !there.has(row));
    const tooMany = (found[table]?.length ?? 0) - rows.length;
    if (missing.length === 0 && tooMany <= 0) return [];
    const kind = tooMany > 0 ? 'doubled' : tooMany < 0 ? 'lost' : 'changed';
    return [{ kind, what: `${table}: ${missing.length} rows differ, ${tooMany} too many: ${missing[0]}` }];
  });
}

// What is left of the differences when they do not change any more.
async function settled(differences: () => Promise<Violation[]>): Promise<Violation[]> {
  let found = await differences();
  let since = Date.now();
  while (found.length > 0 && Date.now() - since < settling) {
    await sleep(300);
    const now = await differences();
    if (JSON.stringify(now) !== JSON.stringify(found)) since = Date.now();
    found = now;
  }
  return found;
}
