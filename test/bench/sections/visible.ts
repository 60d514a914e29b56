import { setTimeout as pause } from 'node:timers/promises';
import { startPipeline } from '../pipeline.js';
import { p50p99, quantile } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { startStation } from '../seeded-station.js';
import { type Tokens, openStation, station, tokensFor } from '../station-client.js';

export const visible: Section = {
  name: 'visible',
  title: 'From the append to the logbook',
  about: [
    '200 requests a second are logged, evenly spaced and whatever the answers take; each answer’s `Consistency-Token` is sent with the question',
    'for the logbook’s newest line. Milliseconds from the answer to the write to the answer to the read, which waits for it. Through Kafka',
    'every app is a process of its own; embedded, everything is in one.',
  ].join('\n'),
  run: measure,
};

type Target = { write: string; read: string; tokens: Tokens };

async function measure(bench: Bench): Promise<Figure[]> {
  const embedded = await throughStation(bench);
  bench.say(`embedded ${p50p99(embedded)}`);
  const carried = await throughKafka(bench);
  bench.say(`through Kafka ${p50p99(carried)}`);
  return [
    held('embedded, p50 / p99', p50p99(embedded), 'p99 ≤ 100 ms', quantile(embedded, 0.99) <= 100),
    held('through Kafka, p50 / p99', p50p99(carried), 'p99 ≤ 250 ms', quantile(carried, 0.99) <= 250),
  ];
}

async function throughStation(bench: Bench): Promise<number[]> {
  const { server, home } = await startStation(bench, 'visible');
  try {
    return await taken(bench, { write: server.url, read: server.url, tokens: await tokensFor(home) });
  } finally {
    await server.stop();
  }
}

async function throughKafka(bench: Bench): Promise<number[]> {
  await using pipeline = await startPipeline(bench, 'visible-kafka');
  const [commands, queries] = await Promise.all([pipeline.start('commands'), pipeline.start('queries')]);
  await pipeline.start('relay');
  return await taken(bench, {
    write: commands.url,
    read: queries.url,
    tokens: await tokensFor(pipeline.home),
  });
}

async function taken(bench: Bench, target: Target): Promise<number[]> {
  await openStation(target.write, target.tokens.admin);
  const [seconds, rate] = bench.quick ? [3, 20] : [30, 200];
  await met(target);
  await round(target, Math.min(seconds, 5), rate);
  return round(target, seconds, rate);
}

// The first groups and leases of a pipeline take their time.
async function met(target: Target): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return void (await one(target));
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}

async function round(target: Target, seconds: number, rate: number): Promise<number[]> {
  const began = performance.now();
  const all: Promise<number>[] = [];
  for (let index = 0; index < seconds * rate; index += 1) {
    await pause(Math.max(0, began + (index * 1_000) / rate - performance.now()));
    const answer = one(target);
    answer.catch(() => undefined); // heard of below
    all.push(answer);
  }
  return Promise.all(all);
}

async function one({ write, read, tokens }: Target): Promise<number> {
  const authorization = `Bearer ${tokens.volunteer}`;
  const logged = await fetch(`${write}/v1/requests`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ summary: '楼前路面结冰', category: '扫雪除冰', channel: 'walk-in' }),
  });
  const start = performance.now();
  const said = await logged.text();
  if (logged.status !== 201) throw new Error(`not logged: ${logged.status} ${said}`);
  const token = logged.headers.get('consistency-token') ?? '';
  const headers = { authorization, 'consistency-token': token, prefer: 'wait=30' };
  const seen = await fetch(`${read}/v1/stations/${station.code}/logbook?limit=1`, { headers });
  const page = await seen.text();
  if (seen.status !== 200) throw new Error(`not seen: ${seen.status} ${page}`);
  return performance.now() - start;
}
