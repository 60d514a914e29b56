import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFileIn } from '#embedded-event-store';
import { STATEMENTS } from '../../../libs/embedded-event-store/src/log.js';
import { median, ms, perSecond } from '../quantiles.js';
import { type Bench, type Figure, held } from '../section.js';
import type { ServerProcess } from '../server-process.js';
import { type NodeTask, askNode, startNode, startReadyMade } from './node.client.js';

// A page under way and one being made, and what the garbage collector leaves lying about meanwhile.
const FLAT_MEBIBYTES = 48;

/** What reading costs, and opening, when a million events are stored (20,000 in a quick run). */
export async function large(bench: Bench): Promise<Figure[]> {
  const events = bench.quick ? 20_000 : 1_000_000;
  const stored = `${events.toLocaleString('en')} events stored`;
  const directory = join(bench.home, 'node-large');
  await fill(directory, bench, events);
  bench.say(stored);
  const all = await readAll(directory, bench, events);
  const stream = await readStreams(directory, bench);
  const opening = await openingTime(directory, bench);
  const plan = planOfStreamRead(directory);
  const { more, rate } = await readBySlowReader(directory, bench, events);
  return [
    held('read $all', perSecond(all.read, 'events'), '≥ 50,000 events/s', all.read >= 50_000),
    { what: 'the same client, ready-made bytes', value: perSecond(all.ceiling, 'events') },
    held(
      'read $all, nothing decoded',
      perSecond(all.bare, 'events'),
      '≥ 50,000 events/s',
      all.bare >= 50_000,
    ),
    held(
      `opening a store of ${events.toLocaleString('en')} events`,
      ms(opening),
      '≤ 1,000 ms',
      opening <= 1_000,
    ),
    { what: 'one stream of 100 events read, 10,000 events stored, p50', value: ms(stream.small) },
    held(
      `the same, ${stored}, p50`,
      ms(stream.large),
      'the same (≤ 1.3×)',
      stream.large <= 1.3 * stream.small,
    ),
    held('plan of a stream read', plan, 'no scan, no sort', !/SCAN|TEMP/.test(plan)),
    held(
      `memory, while a slow reader takes them all (${perSecond(rate, 'events')})`,
      `+${more.toFixed(0)} MiB`,
      `flat (≤ +${FLAT_MEBIBYTES} MiB)`,
      more <= FLAT_MEBIBYTES,
    ),
  ];
}

async function fill(directory: string, bench: Bench, count: number): Promise<void> {
  await using node = await startNode(directory, bench);
  await askNode({ url: node.url, task: 'fill', count, inFlight: 16 });
}

/** Events per second: of the node, of ready-made bytes, and of the node with nothing decoded. */
async function readAll(
  directory: string,
  bench: Bench,
  count: number,
): Promise<{ read: number; ceiling: number; bare: number }> {
  await using node = await startNode(directory, bench);
  await using readyMade = await startReadyMade(bench);
  const rate = async (url: string, task: NodeTask['task']): Promise<number> =>
    (await askNode({ url, task, count, inFlight: 1 })).rate;
  return {
    read: await rate(node.url, 'read-all'),
    ceiling: await rate(readyMade.url, 'read-all'),
    bare: await rate(node.url, 'read-undecoded'),
  };
}

// Most of such a read is the client's own work, which differs more from process to process than the stores do: so rounds alternate.
async function readStreams(directory: string, bench: Bench): Promise<{ small: number; large: number }> {
  const smallDirectory = join(bench.home, 'node-small');
  await fill(smallDirectory, bench, 10_000);
  await using small = await startNode(smallDirectory, bench);
  await using large = await startNode(directory, bench);
  const medians = { small: [] as number[], large: [] as number[] };
  const task = { task: 'read-stream', count: 500, inFlight: 1 } as const;
  for (let round = 0; round < (bench.quick ? 2 : 5); round += 1) {
    medians.small.push((await askNode({ url: small.url, ...task })).p50);
    medians.large.push((await askNode({ url: large.url, ...task })).p50);
  }
  return { small: median(medians.small), large: median(medians.large) };
}

// What the node itself needs once it is loaded, of a store that was closed in good order.
async function openingTime(directory: string, bench: Bench): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < (bench.quick ? 2 : 5); round += 1) {
    await using node = await startNode(directory, bench);
    times.push(Number(/opened in ([\d.]+) ms/.exec(node.output())?.[1]));
  }
  return median(times);
}

/** By how many MiB the node grew at most, beyond what a fast reader of the same had made of it. */
async function readBySlowReader(
  directory: string,
  bench: Bench,
  count: number,
): Promise<{ more: number; rate: number }> {
  await using node = await startNode(directory, bench);
  await askNode({ url: node.url, task: 'read-all', count, inFlight: 1 });
  const watch = watchMemory(node);
  const { rate } = await askNode({ url: node.url, task: 'read-slowly', count, inFlight: 1 });
  return { more: watch.more(), rate };
}

function watchMemory({ rss }: ServerProcess): { more: () => number } {
  const before = rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, rss())), 250);
  return {
    more: () => {
      clearInterval(timer);
      return Math.max(most, rss()) - before;
    },
  };
}

function planOfStreamRead(directory: string): string {
  const database = new DatabaseSync(storeFileIn(directory), { readOnly: true });
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${STATEMENTS.forwards}`).all();
  database.close();
  return steps.map(({ detail }) => String(detail)).join('; ');
}
