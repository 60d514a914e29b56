import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fsyncMilliseconds } from '../machine.js';
import { median, ms, perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { startServer } from '../server-process.js';
import { type NodeResult, askNode } from './node.client.js';

const memory = '/dev/shm';

export const embeddedNode: Section = {
  name: 'node',
  title: 'The embedded node',
  about: [
    'Through the official client from another process. “In memory” is the same node with its file on a RAM disk, where an fsync costs',
    'nothing; rounds alternate between the two. An event is a logged request of some 700 bytes with its metadata, a stream of its own each.',
    'The million events stand in streams of a hundred.',
  ].join('\n'),
  run: measure,
};

async function measure(bench: Bench): Promise<Figure[]> {
  const rounds = bench.quick ? 2 : 5;
  const appends = bench.quick ? 1_000 : 10_000;
  const onDisk = join(bench.home, 'node-disk');
  const inMemory = join(memory, `yizhan-bench-${process.pid}`);
  const rates = { disk: [] as number[], memory: [] as number[] };
  const alone: number[] = [];
  const fsync: number[] = [];
  try {
    await using disk = await startNode(onDisk, bench);
    await using ram = await startNode(inMemory, bench);
    for (let round = 1; round <= rounds; round += 1) {
      const append = { task: 'append', count: appends, inFlight: 64 } as const;
      rates.disk.push((await askNode({ url: disk.url, ...append })).rate);
      rates.memory.push((await askNode({ url: ram.url, ...append })).rate);
      alone.push((await askNode({ url: disk.url, task: 'append', count: appends / 10, inFlight: 1 })).p50);
      fsync.push(fsyncMilliseconds(bench.home));
      bench.say(`round ${round}: ${perSecond(rates.disk.at(-1) ?? 0)}, alone ${ms(alone.at(-1) ?? 0)}`);
    }
  } finally {
    rmSync(inMemory, { recursive: true, force: true });
  }
  const [durable, volatile] = [median(rates.disk), median(rates.memory)];
  const [one, flush] = [median(alone), median(fsync)];
  const ratio = durable / volatile;
  return [
    held('durable appends, 64 in flight', perSecond(durable), '≥ 5,000/s', durable >= 5_000),
    { what: 'the same in memory', value: perSecond(volatile) },
    held('durable ÷ in memory', times(ratio), '≥ 0.5×', ratio >= 0.5),
    held('one append alone, p50', ms(one), `≤ 2 ms + fsync (${ms(flush)})`, one <= 2 + flush),
    ...(await large(bench)),
  ];
}

async function large(bench: Bench): Promise<Figure[]> {
  const events = bench.quick ? 20_000 : 1_000_000;
  const directory = join(bench.home, 'node-large');
  const inSmall = await filled(directory, bench, Math.min(events, 10_000));
  const inLarge = await filled(directory, bench, events);
  bench.say(`${events.toLocaleString('en')} events stored`);
  const reopened = await startNode(directory, bench);
  await reopened.stop();
  const empty = await startNode(join(bench.home, 'node-empty'), bench);
  await empty.stop();
  const opening = reopened.startedIn - empty.startedIn;
  return [
    held('read $all', perSecond(inLarge.all.rate, 'events'), '≥ 50,000 events/s', inLarge.all.rate >= 50_000),
    held(
      `opening a store of ${events.toLocaleString('en')} events`,
      ms(opening),
      '≤ 1,000 ms',
      opening <= 1_000,
    ),
    { what: 'one stream of 100 events read, 10,000 events stored, p50', value: ms(inSmall.stream.p50) },
    held(
      `the same, ${events.toLocaleString('en')} events stored, p50`,
      ms(inLarge.stream.p50),
      'the same (≤ 1.3×)',
      inLarge.stream.p50 <= 1.3 * inSmall.stream.p50,
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

function startNode(directory: string, { home, profiles }: Bench) {
  mkdirSync(directory, { recursive: true });
  return startServer({
    script: 'test/bench/contestants/node.js',
    environment: { DIRECTORY: directory },
    log: join(home, 'node.log'),
    profiles,
  });
}
