import * as fc from 'fast-check';
import { type Database, openDatabase } from './database.js';
import { databases, type SpecDatabase } from './spec/databases.js';

describe.each(databases)('what $name gives', ({ start }) => {
  let server: SpecDatabase | undefined;
  let database: Database;
  beforeAll(async () => {
    server = await start();
    database = openDatabase(server?.url ?? '', () => {});
  }, 120_000);
  afterAll(async () => {
    await database.end();
    await server?.stop();
  });

  it('instants in ISO 8601 and UTC, to the millisecond, whatever they were stored as', async () => {
    if (!server) return;
    const anyDate = fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9998-01-01T00:00:00Z') });
    await fc.assert(
      fc.asyncProperty(fc.array(anyDate.filter((date) => !Number.isNaN(Number(date)))), async (dates) => {
        const stored = dates.map((date) => date.toISOString());
        expect(await given(database, stored)).toEqual(stored);
      }),
    );
    expect(await given(database, ['2026-11-22T10:30:00.1239+08:00', '12026-01-01T00:00:00Z'])).toEqual([
      '2026-11-22T02:30:00.123Z',
      '+012026-01-01T00:00:00.000Z',
    ]);
  });
});

async function given(database: Database, stored: string[]): Promise<string[]> {
  const { rows } = await database.query<{ at: string }>('select unnest($1::timestamptz[]) as at', [stored]);
  return rows.map(({ at }) => at);
}
