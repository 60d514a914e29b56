import { setTimeout as pause } from 'node:timers/promises';
import { logTopic } from '#topics';
import { type Pipeline, recordsOf, startPipeline } from '../pipeline.js';
import { perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { headOf } from '../seeded-station.js';
import { applied, readingOf } from '../station-reading.js';
import { fill } from '../casework/seeding.js';
import { bareKafka } from './bare-kafka.js';

export const kafkaRebuild: Section = {
  name: 'kafka-rebuild',
  title: 'Rebuilding a projection from Kafka',
  about: [
    'POST /v1/projections/:name/rebuild at the queries app: the log’s topic is read from its beginning, folded, and written to PostgreSQL',
    '(`fsync` and `synchronous_commit` on). Beside it kafkajs consumes the same topic and does nothing with it. Each size is a pipeline of',
    'its own. Time is linear when an event of ten times as many takes no longer; memory is flat when so many more events take no more.',
  ].join('\n'),
  run: measure,
};

type Rebuilt = { events: number; of: string; rates: Map<string, number>; bare: number; memory: number };

async function measure(bench: Bench): Promise<Figure[]> {
  const sizes = bench.quick ? [1_000, 5_000] : bench.million ? [100_000, 1_000_000] : [20_000, 100_000];
  const rebuilt: Rebuilt[] = [];
  for (const events of sizes) rebuilt.push(await measured(bench, events));
  const [small, large] = rebuilt as [Rebuilt, Rebuilt];
  const [few, many] = [count(small.events), count(large.events)];
  const lines = [...large.rates].flatMap(([name, rate]) => [
    { what: `${name}, ${many} events`, value: perSecond(rate, 'events') },
    held(`${name} ÷ kafkajs`, times(rate / large.bare), '≥ 0.5×', rate / large.bare >= 0.5),
  ]);
  const growth = seconds(large) / seconds(small) / (large.events / small.events);
  const more = large.memory / small.memory;
  return [
    { what: 'events', value: large.of },
    { what: `kafkajs doing nothing, ${many} events`, value: perSecond(large.bare, 'events') },
    ...lines,
    { what: `time of all rebuilds, ${few} events`, value: `${seconds(small).toFixed(1)} s` },
    { what: `time of all rebuilds, ${many} events`, value: `${seconds(large).toFixed(1)} s` },
    held('the same for each event, many ÷ few', times(growth), 'linear (≤ 1.3×)', growth <= 1.3),
    { what: `memory of queries, ${few} events`, value: mib(small) },
    { what: `memory of queries, ${many} events`, value: mib(large) },
    held('the same, many ÷ few', times(more), 'flat (≤ 1.3×)', more <= 1.3),
  ];
}

async function measured(bench: Bench, wanted: number): Promise<Rebuilt> {
  await using pipeline = await startPipeline(bench, `kafka-rebuild-${wanted}`);
  const { eventStoreUrl, brokers, home } = pipeline;
  const say = (line: string) => bench.say(`${count(wanted)}: ${line}`);
  // What is stored is carried and projected meanwhile: nobody waits for one after the other.
  await pipeline.start('relay');
  const queries = await pipeline.start('queries');
  const { events, of } = await fill({ eventStoreUrl, events: wanted, say });
  await carried(pipeline, events);
  say('all carried');
  const reading = await readingOf(queries.url, home);
  await applied(reading, await headOf(eventStoreUrl));
  say('all projected');
  const rates = new Map<string, number>();
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, queries.rss())), 500);
  for (const { name } of await reading.projections()) {
    if (name === 'station') continue; // some dozens of stations are no measure
    const one = await reading.rebuild(name);
    rates.set(name, one.events / one.seconds);
    say(`${name} ${perSecond(one.events / one.seconds, 'events')}`);
  }
  clearInterval(watch);
  memory = Math.max(memory, queries.rss());
  const { consumed } = await bareKafka({ brokers, topics: [logTopic.name], sends: 0 });
  return { events, of, rates, bare: consumed, memory };
}

async function carried({ bus }: Pipeline, events: number): Promise<void> {
  while ((await recordsOf(bus, logTopic.name)) < events) await pause(200);
}

const count = (value: number): string => value.toLocaleString('en');
// Of all projections, one after the other.
const seconds = ({ events, rates }: Rebuilt): number =>
  [...rates.values()].reduce((sum, rate) => sum + events / rate, 0);
const mib = ({ memory }: Rebuilt): string => `${memory.toFixed(0)} MiB`;
