import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFileIn } from '#embedded-event-store';
import { STATEMENTS } from '../../../libs/embedded-event-store/src/log.js';
import { median, ms, perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, held } from '../section.js';
import { type NodeTask, askNode, startNode, startReadyMade } from './node.client.js';

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
  const slowly = await readBySlowReader(directory, bench, events);
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
    {
      what: `memory, while a slow reader takes them all (${perSecond(slowly.rate, 'events')}), at its most`,
      value: `${slowly.most.toFixed(0)} MiB`,
    },
    held(
      'the same ÷ in the first third',
      times(slowly.most / slowly.early),
      'flat (≤ 1.2×)',
      slowly.most <= 1.2 * slowly.early,
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

/** The most memory of the node (MiB) in all, and in the first third of the time that it took. */
async function readBySlowReader(
  directory: string,
  bench: Bench,
  count: number,
): Promise<{ most: number; early: number; rate: number }> {
  await using node = await startNode(directory, bench);
  const samples: number[] = [];
  const watch = setInterval(() => samples.push(node.rss()), 250);
  const { rate } = await askNode({ url: node.url, task: 'read-slowly', count, inFlight: 1 });
  clearInterval(watch);
  samples.push(node.rss());
  return { most: Math.max(...samples), early: Math.max(...samples.slice(0, samples.length / 3 + 1)), rate };
}

function planOfStreamRead(directory: string): string {
  const database = new DatabaseSync(storeFileIn(directory), { readOnly: true });
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${STATEMENTS.forwards}`).all();
  database.close();
  return steps.map(({ detail }) => String(detail)).join('; ');
}
