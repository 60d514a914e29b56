import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Keeps everybody from writing into a table until it is released. */
export class HeldTable {
  private constructor(private readonly client: Client) {}

  static async hold(url: string, table: string): Promise<HeldTable> {
    const client = new Client(url);
    await client.connect();
    await client.query(`begin; lock table ${table} in exclusive mode`);
    return new HeldTable(client);
  }

  /** Resolves when others wait for a lock while they run a statement that this regular expression finds. */
  async keepsWaiting(statement: string): Promise<void> {
    for (let waiting = 0; waiting === 0; await sleep(100)) waiting = await this.waiting(statement);
  }

  async release(): Promise<void> {
    await this.client.query('rollback');
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  private async waiting(statement: string): Promise<number> {
    await this.client.query('select pg_stat_clear_snapshot()'); // within a transaction the first look would be the only one
    const { rowCount } = await this.client.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query ~* $1`,
      [statement],
    );
    return rowCount ?? 0;
  }
}
