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
  const started: Part[] = [];
  const start = async (part: Promise<Part>): Promise<string> => {
    started.push(await part);
    return (await part).connectionString;
  };
  const close = async () => {
    for (const part of started.toReversed()) await part.close();
  };
  try {
    return {
      eventStoreUrl: eventStoreUrl ?? (await start(embeddedEventStore(home, eventStorePort))),
      databaseUrl: databaseUrl ?? (await start(embeddedPostgres(home))),
      failed: Promise.race(started.map(({ failed }) => failed)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

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
