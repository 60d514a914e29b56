import { setTimeout as pause } from 'node:timers/promises';
import { publicTopic } from '#public-events';
import { logTopic } from '#topics';
import { carriedBy, recordsOf, startPipeline } from '../pipeline.js';
import { perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { fill } from '../casework/seeding.js';
import { bareKafka } from './bare-kafka.js';

export const relay: Section = {
  name: 'relay',
  title: 'The relay',
  about: [
    'A store full of events, then the relay as shipped: every event is read from the node over gRPC, mapped and checked twice, and sent to two',
    'topics of six partitions, whole and in its public shape. Beside it kafkajs alone sends the very bytes of both topics from memory, 1,000',
    'records a send, idempotent, of the first 200,000 events. Events per second, from the first that arrived to the last. One broker, on the',
    'same machine. Memory is flat when it is no more at the last event than it was after a third of them.',
  ].join('\n'),
  run: measure,
};

async function measure(bench: Bench): Promise<Figure[]> {
  await using pipeline = await startPipeline(bench, 'relay');
  const { bus, brokers, eventStoreUrl } = pipeline;
  const wanted = bench.quick ? 5_000 : bench.million ? 1_000_000 : 100_000;
  const { events, of } = await fill({ eventStoreUrl, events: wanted, say: bench.say });
  const server = await pipeline.start('relay');
  const watched = { topic: logTopic.name, events, say: bench.say };
  const { rate, early, memory } = await carriedBy(server, bus, watched);
  while ((await recordsOf(bus, publicTopic.name)) < events) await pause(100);
  bench.say(`${events.toLocaleString('en')} events: ${perSecond(rate, 'events')}`);
  const { produced } = await bareKafka({
    brokers,
    topics: [logTopic.name, publicTopic.name],
    sends: 200_000,
  });
  const ratio = rate / produced;
  return [
    { what: `${events.toLocaleString('en')} events`, value: of },
    { what: 'relay', value: perSecond(rate, 'events') },
    { what: 'kafkajs, the same bytes', value: perSecond(produced, 'events') },
    held('relay ÷ kafkajs', times(ratio), '≥ 0.5×', ratio >= 0.5),
    { what: 'memory of the relay, at its most', value: `${memory.toFixed(0)} MiB` },
    held('the same ÷ in the first third', times(memory / early), 'flat (≤ 1.2×)', memory / early <= 1.2),
  ];
}
