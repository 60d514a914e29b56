import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fsyncMilliseconds } from '../machine.js';
import { median, ms, perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { askNode, startNode } from './node.client.js';
import { large } from './node.large.js';

const memory = '/dev/shm';

export const embeddedNode: Section = {
  name: 'node',
  title: 'The embedded node',
  about: [
    'Through the official client from another process. “In memory” is the same node with its file on a RAM disk, where an fsync costs',
    'nothing; rounds alternate between the two. An event is a logged request of some 700 bytes with its metadata, a stream of its own each.',
    'The million events stand in streams of a hundred. The slow reader takes what a fast one has just taken, so that whatever memory the',
    'node has for good it has before; its plan of a stream read is what SQLite says of the statement on the full store.',
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
