import { setTimeout as pause } from 'node:timers/promises';
import { publicTopic } from '#public-events';
import { logTopic } from '#topics';
import { carriedBy, recordsOf, startPipeline } from '../pipeline.js';
import { perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { seed } from '../synthetic/seeding.js';
import { bareKafka } from './bare-kafka.js';

export const relay: Section = {
  name: 'relay',
  title: 'The relay',
  about: [
    'A store full of events, then the relay as shipped: every event is read from the node over gRPC, mapped and checked twice, and sent to two',
    'topics of six partitions, whole and in its public shape. Beside it kafkajs alone sends the very bytes of both topics from memory, 1,000',
    'records a send, idempotent. Events per second, from the first that arrived to the last. One broker, on the same machine.',
  ].join('\n'),
  run: measure,
};

async function measure(bench: Bench): Promise<Figure[]> {
  await using pipeline = await startPipeline(bench, 'relay');
  const { bus, brokers, eventStoreUrl } = pipeline;
  const requests = bench.quick ? 1_000 : bench.million ? 200_000 : 20_000; // some five events each
  const { events } = await seed({ eventStoreUrl, requests });
  const server = await pipeline.start('relay');
  const { rate, memory } = await carriedBy(server, bus, { topic: logTopic.name, events });
  while ((await recordsOf(bus, publicTopic.name)) < events) await pause(100);
  bench.say(`${events.toLocaleString('en')} events: ${perSecond(rate, 'events')}`);
  const { produced } = await bareKafka({ brokers, topics: [logTopic.name, publicTopic.name] });
  const ratio = rate / produced;
  return [
    { what: 'relay', value: perSecond(rate, 'events') },
    { what: 'kafkajs, the same bytes', value: perSecond(produced, 'events') },
    held('relay ÷ kafkajs', times(ratio), '≥ 0.5×', ratio >= 0.5),
    { what: 'memory of the relay, at its most', value: `${memory.toFixed(0)} MiB` },
  ];
}
