import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStore } from '#event-store';
import { type Reading, applied, readingOf } from './station-reading.js';
import type { Bench } from './section.js';
import { type ServerProcess, startServer } from './server-process.js';
import { seed } from './synthetic/seeding.js';

export type BenchStation = { server: ServerProcess; home: string; eventStoreUrl: string };

/** A station as shipped, in a process and a home of its own. */
export async function startStation(bench: Bench, name: string): Promise<BenchStation> {
  const home = join(bench.home, name);
  mkdirSync(home, { recursive: true });
  const server = await startServer({
    script: 'apps/station/src/main.js',
    environment: { YIZHAN_HOME: home, PORT: '0' },
    log: `${home}.log`,
    profiles: bench.profiles,
  });
  const said = JSON.parse(readFileSync(join(home, 'station.json'), 'utf8')) as { eventStoreUrl: string };
  return { server, home, eventStoreUrl: said.eventStoreUrl };
}

/** A station that holds so many requests, all of them in its read models. */
export async function seededStation(
  bench: Bench,
  name: string,
  requests: number,
): Promise<BenchStation & { reading: Reading; events: number }> {
  const station = await startStation(bench, name);
  try {
    const { events } = await seed({ eventStoreUrl: station.eventStoreUrl, requests });
    const reading = await readingOf(station.server.url, station.home);
    await applied(reading, await headOf(station.eventStoreUrl));
    bench.say(`${requests.toLocaleString('en')} requests stored, ${events.toLocaleString('en')} events`);
    return { ...station, reading, events };
  } catch (error) {
    await station.server.stop();
    throw error;
  }
}

/** The position of the last event of all. */
export async function headOf(eventStoreUrl: string): Promise<bigint> {
  const store = EventStore.connect(eventStoreUrl, {});
  const head = await store.head();
  await store.dispose();
  return head?.position ?? 0n;
}

/** How many requests the read models are measured with. */
export const storedRequests = ({ quick, million }: Bench): number =>
  quick ? 1_000 : million ? 1_000_000 : 100_000;
