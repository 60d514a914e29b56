import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.js';

export type SpecDatabase = { url: string; stop: () => Promise<void> };

/** What the contract holds for. Where PostgreSQL cannot run, its specs say so and fail in CI. */
export const databases: { name: string; start: () => Promise<SpecDatabase | undefined> }[] = [
  {
    name: 'PGlite',
    start: async () => {
      const { connectionString, close } = await startEmbeddedPostgres();
      return { url: connectionString, stop: close };
    },
  },
  {
    name: 'PostgreSQL',
    start: async () => {
      const started = await startPostgres();
      if (!('unavailable' in started)) return started;
      if (process.env['CI'] === 'true') throw new Error(`no PostgreSQL: ${started.unavailable}`);
      process.stderr.write(`SKIPPED, there is no PostgreSQL here: ${started.unavailable}\n`);
      return undefined;
    },
  },
];
