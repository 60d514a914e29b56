import { PGlite } from '@electric-sql/pglite';
import { emptyDatabase, writeEmptyDatabase } from './empty-database.js';

describe('the empty database that a build leaves', () => {
  it('is what initdb makes', async () => {
    await writeEmptyDatabase();
    const loadDataDir = (await emptyDatabase())!;
    const unpacked = await described(await PGlite.create('memory://', { loadDataDir }));
    const initialised = await described(await PGlite.create('memory://'));
    expect(unpacked).toEqual(initialised);
    expect(unpacked['relations']).toContainEqual({ relname: 'pg_class', relkind: 'r' });
  }, 60_000);
});

async function described(database: PGlite): Promise<Record<string, unknown>> {
  const all = async (text: string) => (await database.query(text)).rows;
  const description = {
    settings: await all(
      `select name, setting from pg_settings where source in ('default', 'configuration file') order by name`,
    ),
    databases: await all(
      'select datname, encoding, datcollate, datctype, datlocprovider from pg_database order by datname',
    ),
    relations: await all('select relname, relkind from pg_class order by relname, oid'),
    roles: await all('select rolname, rolsuper from pg_roles order by rolname'),
  };
  await database.close();
  return description;
}
