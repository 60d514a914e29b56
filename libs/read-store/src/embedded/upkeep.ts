import type { Client } from 'pg';

const walLimit = 64 * 1024 * 1024; // bytes

type Worn = { table: string };

/**
 * What autovacuum and the checkpointer do on a server: PGlite has no background processes, and without this tables and log
 * grow for ever and index-only scans stop being that.
 */
export class Upkeep {
  private checkpointed = 0n;

  constructor(private readonly client: Client) {}

  /** One round; cheap when there is nothing to do. */
  async round(): Promise<void> {
    const { rows } = await this.client.query<Worn>(`
      select quote_ident(schemaname) || '.' || quote_ident(relname) as table
      from pg_stat_user_tables
      where n_dead_tup + n_mod_since_analyze + n_ins_since_vacuum > 1000 + 0.2 * n_live_tup`);
    for (const { table } of rows) await this.client.query(`vacuum (analyze) ${table}`);

    const wal = await this.client.query<{ bytes: string }>(
      `select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint as bytes`,
    );
    const written = BigInt(wal.rows[0]?.bytes ?? 0);
    if (written - this.checkpointed < walLimit) return;
    await this.client.query('checkpoint');
    this.checkpointed = written;
  }
}
