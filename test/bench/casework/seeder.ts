import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { caseworkProfile } from '../../../apps/cli/src/import/casework.profile.js';
import { importRows } from '../../../apps/cli/src/import/importer.js';
import { EventStore } from '#event-store';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import type { Seeded } from '../synthetic/seeding.js';
import type { CaseworkSeeding } from './seeding.js';
import { again } from './again.js';

// The process `seedCasework()` starts: one job in, one line of JSON out, and on stderr how far it is. The import itself, at the event store.
const { eventStoreUrl, file, events } = JSON.parse(process.argv[2] ?? '') as CaseworkSeeding;
const store = EventStore.connect(eventStoreUrl, { ...requestUpcasts, ...stationUpcasts });
const start = performance.now();
const enough = new AbortController();
const step = Math.max(1, Math.round(events / 10));
let next = step;
const tally = await importRows(again(file), {
  target: store,
  profile: caseworkProfile(),
  id: randomUUID(),
  file: basename(file),
  quarantine: async () => undefined,
  progress: ({ events: stored }) => {
    if (stored >= next) process.stderr.write(`${stored.toLocaleString('en')} events stored\n`);
    while (stored >= next) next += step;
    if (stored >= events) enough.abort();
  },
  signal: enough.signal,
});
await store.dispose();
const seeded: Seeded = { events: tally.events, seconds: (performance.now() - start) / 1000 };
process.stdout.write(JSON.stringify(seeded));
