import { mkdir } from 'node:fs/promises';
import { eventsFolder, readModelsFolder } from '#station-home';
import type { StationConfig } from './config.js';

/** What the station runs on: started here where no address names one that is there already. */
export type Parts = {
  eventStoreUrl: string;
  databaseUrl: string;
  /** Resolves when a part dies. */
  failed: Promise<Error>;
  close: () => Promise<void>;
};

type Part = { connectionString: string; failed: Promise<Error>; close: () => Promise<void> };

// The embedded parts are loaded only where they are needed: a city's process never sees them.
export async function startParts(config: StationConfig): Promise<Parts> {
  const { home, eventStoreUrl, eventStorePort, databaseUrl } = config;
  const starts = await Promise.allSettled([
    eventStoreUrl === undefined ? embeddedEventStore(home, eventStorePort) : there(eventStoreUrl),
    databaseUrl === undefined ? embeddedPostgres(home) : there(databaseUrl),
  ]);
  const close = async () => {
    for (const start of starts.toReversed()) if (start.status === 'fulfilled') await start.value.close();
  };
  const [eventStore, database] = starts;
  if (eventStore.status === 'fulfilled' && database.status === 'fulfilled') {
    return {
      eventStoreUrl: eventStore.value.connectionString,
      databaseUrl: database.value.connectionString,
      failed: Promise.race([eventStore.value.failed, database.value.failed]),
      close,
    };
  }
  await close();
  throw [eventStore, database].find((start) => start.status === 'rejected')?.reason;
}

/** Something that others started, and end. */
const there = async (connectionString: string): Promise<Part> => ({
  connectionString,
  failed: new Promise(() => {}),
  close: async () => {},
});

async function embeddedEventStore(home: string, port: number): Promise<Part> {
  const { startEmbeddedEventStore } = await import('#embedded-event-store');
  const directory = eventsFolder(home);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return startEmbeddedEventStore({ directory, port });
}

async function embeddedPostgres(home: string): Promise<Part> {
  const { startEmbeddedPostgres } = await import('#read-store');
  const directory = readModelsFolder(home);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return startEmbeddedPostgres(directory);
}
