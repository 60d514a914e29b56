import type { Connection, Database } from '#read-store';

/** Whether a relay has ever written down in this database how far it is: before that its tables are not there. */
export async function knowsRelay(database: Connection | Database): Promise<boolean> {
  const { rows } = await database.query<{ there: boolean }>(
    `select to_regclass('relay_topic') is not null and to_regclass('relay_checkpoint') is not null as there`,
  );
  return rows[0]?.there === true;
}
