import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fsyncMilliseconds } from '../machine.js';
import { median, ms, perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { type NodeTask, askNode, startNode, startReadyMade } from './node.client.js';
import { large } from './node.large.js';

const memory = '/dev/shm';
const subscribers = 200;

export const embeddedNode: Section = {
  name: 'node',
  title: 'The embedded node',
  about: [
    'Through the official client from another process. On a RAM disk an fsync costs nothing; rounds alternate. An event is a logged request',
    'of some 700 bytes with its metadata, a stream of its own each.',
    '“A node that keeps nothing” answers at once, and reads out the same ready-made bytes again and again: what the official client makes of',
    'it is the most that it can with any node. “Ready-made bytes” the other way round: a bare gRPC client that has encoded its appends',
    'before the clock starts, or counts what it reads and decodes nothing, shows the node without the client.',
    'The million events stand in streams of a hundred. Memory is flat when a slow reader finds no more at its last event than the node had',
    'in the first third of the time; the plan of a stream read is what SQLite says of the statement on the full store.',
  ].join('\n'),
  run: measure,
};

async function measure(bench: Bench): Promise<Figure[]> {
  const rounds = bench.quick ? 2 : 5;
  const appends = bench.quick ? 1_000 : 10_000;
  const onDisk = join(bench.home, 'node-disk');
  const inMemory = join(memory, `yizhan-bench-${process.pid}`);
  const rates = { disk: [], memory: [], nothing: [], bare: [] } as Record<string, number[]>;
  const alone: number[] = [];
  const fsync: number[] = [];
  let heard = 0;
  try {
    await using disk = await startNode(onDisk, bench);
    await using ram = await startNode(inMemory, bench);
    await using nothing = await startReadyMade(bench);
    const contest = async (name: string, url: string, task: NodeTask['task']): Promise<void> => {
      rates[name]?.push((await askNode({ url, task, count: appends, inFlight: 64 })).rate);
    };
    for (let round = 1; round <= rounds; round += 1) {
      await contest('disk', disk.url, 'append');
      await contest('memory', ram.url, 'append');
      await contest('nothing', nothing.url, 'append');
      await contest('bare', disk.url, 'append-ready-made');
      alone.push((await askNode({ url: disk.url, task: 'append', count: appends / 10, inFlight: 1 })).p50);
      fsync.push(fsyncMilliseconds(bench.home));
      bench.say(`round ${round}: ${perSecond(rates['disk']?.at(-1) ?? 0)}, alone ${ms(alone.at(-1) ?? 0)}`);
    }
    const writer = { url: disk.url, task: 'hear', count: appends / 10, inFlight: subscribers } as const;
    heard = (await askNode(writer)).rate;
  } finally {
    rmSync(inMemory, { recursive: true, force: true });
  }
  const [durable, volatile, ceiling, bare] = ['disk', 'memory', 'nothing', 'bare'].map((name) =>
    median(rates[name] ?? []),
  ) as [number, number, number, number];
  const [one, flush] = [median(alone), median(fsync)];
  const ratio = durable / volatile;
  return [
    held('durable appends, 64 in flight', perSecond(durable), '≥ 5,000/s', durable >= 5_000),
    { what: 'the same client, a node that keeps nothing', value: perSecond(ceiling) },
    held('durable appends of ready-made bytes', perSecond(bare), '≥ 5,000/s', bare >= 5_000),
    { what: 'durable appends, file on a RAM disk', value: perSecond(volatile) },
    held('durable ÷ file on a RAM disk', times(ratio), '≥ 0.5×', ratio >= 0.5),
    held('one append alone, p50', ms(one), `≤ 2 ms + fsync (${ms(flush)})`, one <= 2 + flush),
    held(
      `${subscribers} subscribers on one writer, ${(appends / 10).toLocaleString('en')} events`,
      `${perSecond(heard, 'events')}, each heard once and in order`,
      'none lost',
      true, // it breaks off otherwise
    ),
    ...(await large(bench)),
  ];
}
