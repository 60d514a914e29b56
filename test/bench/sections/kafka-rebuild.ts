import { setTimeout as pause } from 'node:timers/promises';
import { logTopic } from '#topics';
import { type Pipeline, recordsOf, startPipeline } from '../pipeline.js';
import { perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { headOf } from '../seeded-station.js';
import { applied, readingOf } from '../station-reading.js';
import { seed } from '../synthetic/seeding.js';
import { bareKafka } from './bare-kafka.js';

export const kafkaRebuild: Section = {
  name: 'kafka-rebuild',
  title: 'Rebuilding a projection from Kafka',
  about: [
    'POST /v1/projections/:name/rebuild at the queries app: the log’s topic is read from its beginning, folded, and written to PostgreSQL',
    '(`fsync` and `synchronous_commit` on). Beside it kafkajs consumes the same topic and does nothing with it. Each size is a pipeline of',
    'its own; that the time grows with the events and no faster is the last line.',
  ].join('\n'),
  run: measure,
};

type Rebuilt = { events: number; rates: Map<string, number>; bare: number; memory: number };

async function measure(bench: Bench): Promise<Figure[]> {
  const sizes = bench.quick ? [500, 1_000] : bench.million ? [20_000, 200_000] : [4_000, 20_000];
  const rebuilt: Rebuilt[] = [];
  for (const requests of sizes) rebuilt.push(await measured(bench, requests));
  const [small, large] = rebuilt as [Rebuilt, Rebuilt];
  const count = large.events.toLocaleString('en');
  const lines = [...large.rates].flatMap(([name, rate]) => [
    { what: `${name}, ${count} events`, value: perSecond(rate, 'events') },
    held(`${name} ÷ kafkajs`, times(rate / large.bare), '≥ 0.5×', rate / large.bare >= 0.5),
  ]);
  const growth = seconds(large) / seconds(small) / (large.events / small.events);
  return [
    { what: `kafkajs doing nothing, ${count} events`, value: perSecond(large.bare, 'events') },
    ...lines,
    { what: `memory of queries at ${small.events.toLocaleString('en')} events`, value: mib(small) },
    { what: `memory of queries at ${count} events`, value: mib(large) },
    held(
      `time for ${count} events ÷ for ${small.events.toLocaleString('en')}, for each event`,
      times(growth),
      'linear (≤ 1.3×)',
      growth <= 1.3,
    ),
  ];
}

async function measured(bench: Bench, requests: number): Promise<Rebuilt> {
  await using pipeline = await startPipeline(bench, `kafka-rebuild-${requests}`);
  const { eventStoreUrl, brokers, home } = pipeline;
  const { events } = await seed({ eventStoreUrl, requests });
  await pipeline.start('relay');
  await carried(pipeline, events);
  const queries = await pipeline.start('queries');
  const reading = await readingOf(queries.url, home);
  await applied(reading, await headOf(eventStoreUrl));
  const rates = new Map<string, number>();
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, queries.rss())), 500);
  for (const { name } of await reading.projections()) {
    if (name === 'station') continue; // twenty stations are no measure
    const one = await reading.rebuild(name);
    rates.set(name, one.events / one.seconds);
    bench.say(`${requests} requests: ${name} ${perSecond(one.events / one.seconds, 'events')}`);
  }
  clearInterval(watch);
  memory = Math.max(memory, queries.rss());
  const { consumed } = await bareKafka({ brokers, topics: [logTopic.name] });
  return { events, rates, bare: consumed, memory };
}

async function carried({ bus }: Pipeline, events: number): Promise<void> {
  while ((await recordsOf(bus, logTopic.name)) < events) await pause(200);
}

// Of all projections, one after the other.
const seconds = ({ events, rates }: Rebuilt): number =>
  [...rates.values()].reduce((sum, rate) => sum + events / rate, 0);
const mib = ({ memory }: Rebuilt): string => `${memory.toFixed(0)} MiB`;
