import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, Database } from '#read-store';

export type Lease = {
  /** Aborted when the lease may belong to another. */
  signal: AbortSignal;
  release: () => Promise<void>;
};

const pause = 500; // milliseconds

/**
 * Waits until this is the one relay at work on the topic; `undefined` when the signal ends the waiting. It keeps things tidy: two relays
 * at once would leave duplicates that readers skip, never gaps.
 */
export async function takeLease(
  database: Database,
  topic: string,
  stop: AbortSignal,
): Promise<Lease | undefined> {
  const connection = await database.connect();
  try {
    while (!stop.aborted) {
      const { rows } = await connection.query<{ taken: boolean }>(
        `select pg_try_advisory_lock(hashtextextended('yizhan relay ' || $1, 0)) as taken`,
        [topic],
      );
      if (rows[0]?.taken) return held(connection);
      await sleep(pause, undefined, { signal: stop }).catch(() => {});
    }
  } catch (error) {
    connection.release(true);
    throw error;
  }
  connection.release();
  return undefined;
}

// The lock lasts as long as the session does.
function held(connection: Connection): Lease {
  const lost = new AbortController();
  const onError = () => lost.abort(new Error('the connection that held the lease broke'));
  connection.on('error', onError);
  connection.on('end', onError);
  return {
    signal: lost.signal,
    release: async () => {
      connection.off('end', onError);
      connection.release(true);
    },
  };
}
