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
    '200 writes a second, evenly spaced and whatever the answers take: each request is logged and then assigned. Every tenth is looked for: the',
    '`Consistency-Token` of its logging is sent with the question for the logbook’s newest line. Milliseconds from the answer to the write to',
    'the answer to the read, which waits for it. Through Kafka every app is a process of its own; embedded, everything is in one.',
  ].join('\n'),
  run: measure,
};

const lookedFor = 10; // every so many
const property = { id: 'wuye', kind: 'property', name: '永丰物业' };

/** Milliseconds, at half the pace (which comes first and warms up) and at the whole; and how many requests got a 503. */
type Taken = { half: number[]; all: number[]; refused: number };
/** Milliseconds of those that were looked for. */
type Round = { seen: number[]; refused: number };

/** A server that cannot keep up says so. */
class Refused extends Error {}

type Target = { write: string; read: string; tokens: Tokens };

async function measure(bench: Bench): Promise<Figure[]> {
  const embedded = await throughStation(bench);
  bench.say(`embedded ${p50p99(embedded.all)}`);
  const carried = await throughKafka(bench);
  bench.say(`through Kafka ${p50p99(carried.all)}`);
  return [
    { what: 'embedded, half as many writes, p50 / p99', value: p50p99(embedded.half) },
    { what: 'embedded, refused while it could not keep up', value: String(embedded.refused) },
    held('embedded, p50 / p99', p50p99(embedded.all), 'p99 ≤ 100 ms', quantile(embedded.all, 0.99) <= 100),
    { what: 'through Kafka, half as many writes, p50 / p99', value: p50p99(carried.half) },
    { what: 'through Kafka, refused while it could not keep up', value: String(carried.refused) },
    held('through Kafka, p50 / p99', p50p99(carried.all), 'p99 ≤ 250 ms', quantile(carried.all, 0.99) <= 250),
  ];
}

async function throughStation(bench: Bench): Promise<Taken> {
  const { server, home } = await startStation(bench, 'visible');
  try {
    return await taken(bench, { write: server.url, read: server.url, tokens: await tokensFor(home) });
  } finally {
    await server.stop();
  }
}

async function throughKafka(bench: Bench): Promise<Taken> {
  await using pipeline = await startPipeline(bench, 'visible-kafka');
  const [commands, queries] = await Promise.all([pipeline.start('commands'), pipeline.start('queries')]);
  await pipeline.start('relay');
  return await taken(bench, {
    write: commands.url,
    read: queries.url,
    tokens: await tokensFor(pipeline.home),
  });
}

async function taken(bench: Bench, target: Target): Promise<Taken> {
  await openStation(target.write, target.tokens.admin);
  const [seconds, perSecond] = bench.quick ? [3, 10] : [30, 100]; // requests: two writes each
  await met(target);
  const half = await round(target, (seconds * perSecond) / 2, perSecond / 2);
  const all = await round(target, seconds * perSecond, perSecond);
  return { half: half.seen, all: all.seen, refused: half.refused + all.refused };
}

// The first groups and leases of a pipeline take their time.
async function met(target: Target): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return void (await one(target, true));
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}

async function round(target: Target, requests: number, perSecond: number): Promise<Round> {
  const began = performance.now();
  let refused = 0;
  const all: Promise<number | undefined>[] = [];
  for (let index = 0; index < requests; index += 1) {
    await pause(Math.max(0, began + (index * 1_000) / perSecond - performance.now()));
    const answer = one(target, index % lookedFor === 0).catch((error: Error) => {
      if (!(error instanceof Refused)) throw error;
      refused += 1;
      return undefined;
    });
    answer.catch(() => undefined); // heard of below
    all.push(answer);
  }
  const seen = (await Promise.all(all)).filter((milliseconds) => milliseconds !== undefined);
  return { seen, refused };
}

/** Logs a request and assigns it; gives the milliseconds until the logging was seen where it was looked for. */
async function one(target: Target, looked: boolean): Promise<number | undefined> {
  const request = { summary: '楼前路面结冰', category: '扫雪除冰', channel: 'walk-in' };
  const logged = await post(target, '/v1/requests', request);
  const start = performance.now();
  const { id } = (await logged.json()) as { id: string };
  const seen = looked
    ? (await read(target, logged.headers.get('consistency-token') ?? '')) - start
    : undefined;
  const assigned = await post(target, `/v1/requests/${id}/assignment`, { to: property });
  await assigned.body?.cancel();
  return seen;
}

async function post({ write, tokens }: Target, path: string, body: object): Promise<Response> {
  const answer = await fetch(write + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.volunteer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status === 503) throw new Refused(await answer.text());
  if (!answer.ok) throw new Error(`not written: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** When the answer was there. */
async function read({ read: url, tokens }: Target, token: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${tokens.volunteer}`,
    'consistency-token': token,
    prefer: 'wait=30',
  };
  const seen = await fetch(`${url}/v1/stations/${station.code}/logbook?limit=1`, { headers });
  const page = await seen.text();
  if (seen.status === 503) throw new Refused(page);
  if (seen.status !== 200) throw new Error(`not seen: ${seen.status} ${page}`);
  return performance.now();
}
