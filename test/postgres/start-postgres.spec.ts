import { Client } from 'pg';
import { startPostgres } from './start-postgres.js';

it('starts a PostgreSQL, or says why it cannot', async () => {
  const started = await startPostgres({ given: undefined });
  if ('unavailable' in started) {
    if (process.env['CI'] === 'true') throw new Error(started.unavailable);
    process.stderr.write(`PostgreSQL is not available here: ${started.unavailable}\n`);
    return;
  }
  const client = new Client(started.url);
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  await started.stop();
  expect(rows).toEqual([{ one: 1 }]);
});
