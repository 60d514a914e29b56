import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NO_STREAM,
  START,
  StreamNotFoundError,
} from '@eventstore/db-client';
import { median } from '../quantiles.js';
import { appendReadyMade, readUndecoded } from './node.bare.js';
import type { NodeResult, NodeTask } from './node.client.js';
import { sampleEvent } from './node.sample.js';

// The process `askNode()` starts: one task in, one line of JSON out.
const { url, task, count, inFlight } = JSON.parse(process.argv[2] ?? '') as NodeTask;
const client = EventStoreDBClient.connectionString(url);
const perStream = 100;
const streamAt = (index: number): string => `request-fill-${index}`;

const work: Record<NodeTask['task'], (count: number) => Promise<NodeResult>> = {
  append: (count) =>
    spread(0, count, () =>
      client.appendToStream(`request-${randomUUID()}`, sampleEvent(), { expectedRevision: NO_STREAM }),
    ),
  fill: async (count) =>
    spread(await storedStreams(), count / perStream, (index) =>
      client.appendToStream(streamAt(index), Array.from({ length: perStream }, sampleEvent), {
        expectedRevision: NO_STREAM,
      }),
    ),
  'read-all': (count) => readAll(count, Number.POSITIVE_INFINITY),
  'read-slowly': (count) => readAll(count, 500),
  'read-undecoded': async (count) => ({ rate: await readUndecoded(url, count), p50: Number.NaN }),
  'append-ready-made': async (count) => ({
    rate: await appendReadyMade(url, count, inFlight),
    p50: Number.NaN,
  }),
  // One event after the other, each to all who subscribed; the rate is of what they heard, all together.
  hear: async (count) => {
    const stream = `request-${randomUUID()}`;
    const start = performance.now();
    const heard = Array.from({ length: inFlight }, () => revisions(stream, count));
    for (let index = 0; index < count; index += 1) await client.appendToStream(stream, sampleEvent());
    for (const each of await Promise.all(heard))
      if (each.some((revision, index) => revision !== index)) throw new Error(`heard: ${each.join()}`);
    return { rate: ((inFlight * count) / (performance.now() - start)) * 1000, p50: Number.NaN };
  },
  'read-stream': async (count) => {
    const streams = await storedStreams();
    return spread(0, count, async (index) => {
      let read = 0;
      for await (const _ of client.readStream(streamAt((index * 7_919) % streams))) read += 1;
      if (read !== perStream) throw new Error(`${read} events in a stream of ${perStream}`);
    });
  },
};

async function revisions(stream: string, count: number): Promise<number[]> {
  const heard: number[] = [];
  for await (const { event } of client.subscribeToStream(stream, { fromRevision: START }))
    if (heard.push(Number(event?.revision)) === count) break;
  return heard;
}

// Rests for 20 ms after each `portion`: at most 25,000 events/s with one of 500.
async function readAll(count: number, portion: number): Promise<NodeResult> {
  const start = performance.now();
  let read = 0;
  for await (const _ of client.readAll({ maxCount: count })) {
    read += 1;
    if (read % portion === 0) await pause(20);
  }
  if (read !== count) throw new Error(`${read} of ${count} events`);
  return { rate: (read / (performance.now() - start)) * 1000, p50: Number.NaN };
}

async function spread(
  from: number,
  to: number,
  operation: (index: number) => Promise<unknown>,
): Promise<NodeResult> {
  let next = from;
  const taken: number[] = [];
  const start = performance.now();
  const one = async (): Promise<void> => {
    for (let index = next++; index < to; index = next++) {
      const begun = performance.now();
      await operation(index);
      taken.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return { rate: (taken.length / (performance.now() - start)) * 1000, p50: median(taken) };
}

// By doubling and halving: the streams are numbered without gaps.
async function storedStreams(): Promise<number> {
  let [low, high] = [0, 1];
  while (await exists(high - 1)) [low, high] = [high, high * 2];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await exists(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function exists(index: number): Promise<boolean> {
  try {
    const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
    let read = 0;
    // To its end: a read that is left early keeps the connection open.
    for await (const _ of client.readStream(streamAt(index), options)) read += 1;
    return read > 0;
  } catch (error) {
    if (error instanceof StreamNotFoundError) return false;
    throw error;
  }
}

if (!['fill', 'read-slowly'].includes(task)) await work[task](Math.min(count / 4, 20_000)); // compiled before it is measured
const result = await work[task](count);
await client.dispose();
process.stdout.write(JSON.stringify(result));
