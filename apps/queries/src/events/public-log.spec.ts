import { Logger } from '@nestjs/common';
import type { EventStore } from '#event-store';
import { Town } from '../spec/town.js';
import { Bell } from './bell.js';
import { PublicLog } from './public-log.js';
import { Publishing } from './publishing.js';
import { StationPlaces } from './station-places.js';
import { Tail } from './tail.js';

const at = '2026-11-22T02:00:00.000Z';

const opened: Tail[] = [];
beforeAll(() => Logger.overrideLogger(false));
afterEach(() => opened.splice(0).forEach((tail) => tail.stop()));

/** A log over a town's events, and what somebody sees who follows until a position. */
function follow(town: Town) {
  const store = town.store as unknown as EventStore;
  const publishing = new Publishing('https://yizhan.example', new StationPlaces(store));
  const tail = new Tail(store, publishing);
  opened.push(tail);
  const log = new PublicLog(store, publishing, tail);
  const positions = async (after: bigint, until: bigint): Promise<bigint[]> => {
    const seen: bigint[] = [];
    const leaving = new AbortController();
    for await (const { events, position } of log.follow(after, leaving.signal)) {
      seen.push(...events.map((event) => event.position));
      if (position >= until) leaving.abort();
    }
    return seen;
  };
  return { log, tail, positions };
}

const range = (from: bigint, to: bigint) =>
  Array.from({ length: Number(to - from) + 1 }, (_, n) => from + BigInt(n));

describe('whoever follows the log', () => {
  let town: Town;

  beforeEach(async () => {
    town = new Town();
    await town.open('YFXJ');
    for (let told = 0; told < 20; told += 1) await town.log('YFXJ', at);
  });

  it('sees everything from the beginning, then what comes', async () => {
    const { log, positions } = follow(town);
    await log.now();
    const seen = positions(-1n, 25n);
    for (let told = 0; told < 4; told += 1) await town.log('YFXJ', at);
    expect(await seen).toEqual(range(1n, 25n));
  });

  it('sees from now on what comes', async () => {
    const { log, positions } = follow(town);
    const seen = positions(await log.now(), 22n);
    await town.log('YFXJ', at);
    expect(await seen).toEqual([22n]);
  });

  it('misses nothing and sees nothing twice, wherever it begins, while thousands of events pass the tail by', async () => {
    const { log, positions, tail } = follow(town);
    await log.now();
    const last = 21n + 2_600n;
    const starts = [-1n, 0n, 7n, 20n, 21n];
    const seen = starts.map((after) => positions(after, last));
    const id = await town.log('YFXJ', at);
    const late: { after: bigint; seen: Promise<bigint[]> }[] = [];
    for (let told = 22n; told < last; told += 1n) {
      await town.append(
        `request-${id}`,
        told - 22n,
        [{ type: 'ProgressRecorded', data: { note: 'x', at } }],
        at,
      );
      if (told >= 200n && told % 200n === 0n)
        late.push({ after: told - 100n, seen: positions(told - 100n, last) });
    }
    for (const [index, after] of starts.entries()) {
      expect(await seen[index]).toEqual(range(after < 0n ? 1n : after + 1n, last));
    }
    for (const { after, seen } of late) expect(await seen).toEqual(range(after + 1n, last));
    expect(tail.floor).toBeGreaterThan(1_000n);
    // Now the beginning is out of the tail's reach.
    expect(await positions(100n, last)).toEqual(range(101n, last));
  }, 60_000);

  it('reads beyond what is not public, and knows how far', async () => {
    const { log } = follow(town);
    await town.append('key-1', 'no_stream', [{ type: 'KeyUsed', data: {} }], at);
    await log.now();
    await town.append('key-2', 'no_stream', [{ type: 'KeyUsed', data: {} }], at);
    const leaving = new AbortController();
    let reached = -1n;
    for await (const { position, events } of log.follow(21n, leaving.signal)) {
      expect(events).toEqual([]);
      reached = position;
      if (reached === 23n) leaving.abort();
    }
    expect(reached).toBe(23n);
  });

  it('does not notice that the subscription of the tail broke', async () => {
    const { log, positions } = follow(town);
    const seen = positions(await log.now(), 24n);
    await town.log('YFXJ', at);
    town.store.break(new Error('the connection was reset'));
    await town.log('YFXJ', at);
    await town.log('YFXJ', at);
    expect(await seen).toEqual([22n, 23n, 24n]);
  });

  it('waits before an event that nobody described, rather than pass it by', async () => {
    const { log, tail } = follow(town);
    const now = await log.now();
    await town.append('request-YFXJ-1', 'no_stream', [{ type: 'Unheard', data: {} }], at);
    await town.log('YFXJ', at);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tail.after(now, 10)).toBeUndefined();
    const later = follow(town);
    await later.log.now();
    await expect(later.positions(5n, 23n)).rejects.toThrow('Unheard');
  });

  it('leaves nothing behind', async () => {
    const bell = new Bell();
    const leaving = new AbortController();
    const waits = [bell.wait(leaving.signal), bell.wait(new AbortController().signal)];
    leaving.abort();
    await waits[0];
    bell.ring();
    await waits[1];
    await bell.wait(leaving.signal);
    expect(Reflect.get(bell, 'sleepers')).toEqual(new Set());
  });
});
