import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFileIn } from '#embedded-event-store';
import { STATEMENTS } from '../../../libs/embedded-event-store/src/log.js';
import { ms, perSecond } from '../quantiles.js';
import { type Bench, type Figure, held } from '../section.js';
import type { ServerProcess } from '../server-process.js';
import { type NodeResult, askNode, startNode } from './node.client.js';

// A page under way and one being made, and what the garbage collector leaves lying about meanwhile.
const FLAT_MEBIBYTES = 48;

/** What reading costs, and opening, when a million events are stored (20,000 in a quick run). */
export async function large(bench: Bench): Promise<Figure[]> {
  const events = bench.quick ? 20_000 : 1_000_000;
  const stored = `${events.toLocaleString('en')} events stored`;
  const directory = join(bench.home, 'node-large');
  const inSmall = await filled(directory, bench, Math.min(events, 10_000));
  const inLarge = await filled(directory, bench, events);
  bench.say(stored);
  const opening = await openingTime(directory, bench);
  const plan = planOfStreamRead(directory);
  const { more, rate } = await readBySlowReader(directory, bench, events);
  return [
    held('read $all', perSecond(inLarge.all.rate, 'events'), '≥ 50,000 events/s', inLarge.all.rate >= 50_000),
    held(
      `opening a store of ${events.toLocaleString('en')} events, beyond an empty one`,
      ms(opening),
      '≤ 1,000 ms',
      opening <= 1_000,
    ),
    { what: 'one stream of 100 events read, 10,000 events stored, p50', value: ms(inSmall.stream.p50) },
    held(
      `the same, ${stored}, p50`,
      ms(inLarge.stream.p50),
      'the same (≤ 1.3×)',
      inLarge.stream.p50 <= 1.3 * inSmall.stream.p50,
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

// Every fill opens the store anew, so that what is measured does not depend on what the process has done before.
async function filled(
  directory: string,
  bench: Bench,
  events: number,
): Promise<{ stream: NodeResult; all: NodeResult }> {
  await using node = await startNode(directory, bench);
  await askNode({ url: node.url, task: 'fill', count: events, inFlight: 16 });
  const all = await askNode({ url: node.url, task: 'read-all', count: events, inFlight: 1 });
  return { all, stream: await askNode({ url: node.url, task: 'read-stream', count: 500, inFlight: 1 }) };
}

async function openingTime(directory: string, bench: Bench): Promise<number> {
  const reopened = await startNode(directory, bench);
  await reopened.stop();
  const empty = await startNode(join(bench.home, 'node-empty'), bench);
  await empty.stop();
  return reopened.startedIn - empty.startedIn;
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
