import { calendarUpcasts } from '#calendar';
import { EventStore } from '#event-store';
import { LostRace, eventId } from '#event-sourcing';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationSchema, stationStream, stationUpcasts } from '#stations';
import type { Seeded, Seeding } from './seeding.js';
import { stations } from './stations.js';
import { syntheticRequest } from './synthetic.request.js';

// The process `seed()` starts: one job in, one line of JSON out.
const { eventStoreUrl, requests } = JSON.parse(process.argv[2] ?? '') as Seeding;
const store = EventStore.connect(eventStoreUrl, {
  ...requestUpcasts,
  ...stationUpcasts,
  ...policyUpcasts,
  ...calendarUpcasts,
});
const until = Date.now();
const start = performance.now();
let next = 0;
let events = 0;

for (const data of stations) {
  const stream = stationStream(data.code);
  const metadata = {
    $correlationId: 'synthetic',
    $causationId: 'synthetic',
    actor: { subject: 'synthetic', name: '张连生', role: 'admin' },
    schema: stationSchema,
    commandHash: 'synthetic',
  };
  await store.append(stream, 'no_stream', [
    { type: 'StationOpened', data, id: eventId(stream, 'synthetic', 0), metadata },
  ]);
  events += 1;
}
// Among so many a number is taken now and then, and the next derivation is free: as in the product.
const append = async (index: number, station: (typeof stations)[number], derivation = 0): Promise<number> => {
  const request = syntheticRequest(index, station, until, derivation);
  try {
    await store.append(request.stream, 'no_stream', request.events);
    return request.events.length;
  } catch (error) {
    if (error instanceof LostRace) return append(index, station, derivation + 1);
    throw error;
  }
};
const appendAll = async (): Promise<void> => {
  for (let index = next++; index < requests; index = next++) {
    const station = stations[index % stations.length];
    if (!station) return;
    const stored = await append(index, station); // not within `+=`, which would add to what `events` was before the wait
    events += stored;
  }
};
await Promise.all(Array.from({ length: 128 }, appendAll));
await store.dispose();
const seeded: Seeded = { events, seconds: (performance.now() - start) / 1000 };
process.stdout.write(JSON.stringify(seeded));
