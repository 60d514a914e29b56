import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataDirectory, type Log } from './data-directory.js';
import { openSession } from './pglite-session.js';
import { Upkeep } from './upkeep.js';
import { serveWire } from './wire-server.js';

export type EmbeddedDatabase = {
  connectionString: string;
  /** Resolves when the backend breaks; otherwise never settles. */
  broken: Promise<Error>;
  close: () => Promise<void>;
};

const upkeepEvery = 10_000; // milliseconds

/** PGlite behind a socket, in the calling thread. `directory` undefined keeps everything in memory. */
export async function openEmbeddedDatabase(
  directory: string | undefined,
  log: Log,
): Promise<EmbeddedDatabase> {
  const session = await openSession(directory === undefined ? undefined : new DataDirectory(directory, log));
  const broken = Promise.withResolvers<Error>();
  const server = await serveWire(session, broken.resolve);
  const client = new Client({ connectionString: server.connectionString });
  client.on('error', () => {}); // its queries fail, and the next round tells
  await client.connect();

  const stop = new AbortController();
  const kept = keepUp(new Upkeep(client), stop.signal, log);
  const close = async () => {
    stop.abort();
    await kept;
    await client.end().catch(() => {});
    await server.close();
    await session.close();
  };
  return { connectionString: server.connectionString, broken: broken.promise, close };
}

async function keepUp(upkeep: Upkeep, signal: AbortSignal, log: Log): Promise<void> {
  while (!signal.aborted) {
    await sleep(upkeepEvery, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return;
    await upkeep.round().catch((error: unknown) => log(`upkeep of the read models failed: ${String(error)}`));
  }
}
