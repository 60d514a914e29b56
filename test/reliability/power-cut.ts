import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jsonEvent } from '@eventstore/db-client';
import { openStore } from '../../libs/embedded-event-store/src/store.js';
import { withClient } from './all-events.js';
import { Disk } from './disk.js';
import type { Figures } from './figures.js';
import { chance } from './kill-point.js';
import { NodeProcess } from './node-process.js';
import { readTrace, traced, type SystemCall } from './system-calls.js';
import type { Fault } from './variants/variant.js';
import type { Violation } from './violation.js';

export type PowerCutOptions = {
  home: string;
  seed: number;
  appends: number;
  /** Checks about every so many system calls, and after each answer. */
  every: number;
  fault?: Fault;
};
export type PowerCutFigures = Figures & {
  /** Syncs of the write-ahead log. */
  syncs: number;
};

const IN_FLIGHT = 6;

/**
 * SIGKILL leaves the operating system's memory as it is; a power cut does not. Records what a node under load writes, syncs and
 * sends, then builds for moment after moment what the disk may hold if the power goes then, and opens that.
 * Undefined where system calls cannot be recorded.
 */
export async function powerCuts(options: PowerCutOptions): Promise<PowerCutFigures | undefined> {
  const began = performance.now();
  const calls = await record(options);
  if (!calls) return undefined;
  const store = join(options.home, 'store');
  const disk = new Disk(store);
  const random = chance(options.seed);
  const acknowledged = new Set<number>();
  const figures: PowerCutFigures = {
    points: 0,
    acknowledged: { appends: 0, events: 0 },
    violations: [],
    seconds: 0,
    syncs: calls.filter((call) => call.kind === 'sync' && call.file.endsWith('-wal')).length,
  };
  for (const call of calls) {
    const answered = call.kind === 'send' ? answers(call.bytes) : [];
    for (const append of answered) acknowledged.add(append);
    disk.apply(call);
    if (answered.length === 0 && random() > 1 / options.every) continue;
    figures.violations.push(...afterCut(options.home, disk, random, acknowledged));
    figures.points++;
    if (figures.violations.length > 0) break;
  }
  figures.acknowledged.appends = acknowledged.size;
  for (const append of acknowledged) figures.acknowledged.events += eventsOf(append);
  figures.seconds = (performance.now() - began) / 1000;
  return figures;
}

async function record({ home, appends, fault }: PowerCutOptions): Promise<SystemCall[] | undefined> {
  const under = traced(home);
  if (!under) return undefined;
  const node = new NodeProcess({ variant: fault ?? 'checkpoints-often', under });
  await node.ready();
  const store = join(home, 'store');
  await withClient(await node.open(store), async (client) => {
    let next = 0;
    const writer = async (): Promise<void> => {
      for (let append = next++; append < appends; append = next++) {
        const events = Array.from({ length: eventsOf(append) }, (_, n) =>
          jsonEvent({ type: 'Cut', data: { append, n, pad: 'x'.repeat(300) } }),
        );
        await client.appendToStream(streamOf(append), events, { expectedRevision: 'no_stream' });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  });
  await node.close();
  return readTrace(home, store);
}

function afterCut(
  home: string,
  disk: Disk,
  random: () => number,
  acknowledged: ReadonlySet<number>,
): Violation[] {
  const folder = mkdtempSync(join(home, 'cut-'));
  disk.cut(folder, random);
  const violations: Violation[] = [];
  try {
    const { log, close } = openStore(folder);
    const all = log.allAfter(0, { rows: 1_000_000, bytes: Infinity });
    close();
    const gap = all.findIndex(({ position }, index) => position !== index + 1);
    if (gap >= 0) violations.push({ kind: 'disorder', what: `no event at position ${gap + 1}` });
    const found = Map.groupBy(all, ({ stream }) => stream);
    for (const append of acknowledged) {
      if (!found.has(streamOf(append))) violations.push({ kind: 'lost', what: streamOf(append) });
    }
    for (const [stream, events] of found) {
      const due = Number(/^cut-(\d+)\.$/.exec(stream)?.[1] ?? -1);
      if (due < 0 || events.length === eventsOf(due)) continue;
      violations.push({ kind: 'half-batch', what: `${events.length} of ${eventsOf(due)} in ${stream}` });
    }
  } catch (error) {
    violations.push({ kind: 'unopened', what: error instanceof Error ? error.message : String(error) });
  }
  if (violations.length === 0) rmSync(folder, { recursive: true });
  return violations;
}

// The node's answer to an append names its stream.
function answers(bytes: Buffer): number[] {
  return [...bytes.toString('latin1').matchAll(/cut-(\d+)\./g)].map(([, append]) => Number(append));
}

function streamOf(append: number): string {
  return `cut-${append}.`;
}

function eventsOf(append: number): number {
  return 1 + (append % 4);
}
