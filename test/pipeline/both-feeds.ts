import { startPostgres } from '../postgres/start-postgres.js';
import type { StationProcess } from '../processes/station.process.js';
import type { Violation } from '../reliability/violation.js';
import { settledDifferences } from './evidence.js';
import { type Servers, startServers } from './pipeline.process.js';

/** A district whose event store is projected twice: by way of relay and Kafka, and straight from `$all`, each into a PostgreSQL of its own. */
export class BothFeeds {
  private constructor(
    readonly servers: Servers,
    private readonly other: Servers['postgres'],
    readonly commands: StationProcess,
    readonly behindKafka: StationProcess,
    readonly behindAll: StationProcess,
  ) {}

  static async start(): Promise<BothFeeds | { unavailable: string }> {
    const servers = await startServers();
    if ('unavailable' in servers) return servers;
    const other = await startPostgres();
    if ('unavailable' in other) throw new Error(other.unavailable);
    const [commands, behindKafka, behindAll] = await Promise.all([
      servers.start('commands'),
      servers.start('queries'),
      servers.start('queries', { KAFKA_BROKERS: '', DATABASE_URL: other.url }),
      servers.start('relay'),
    ]);
    return new BothFeeds(servers, other, commands, behindKafka, behindAll);
  }

  /** Where the read models differ row by row once both feeds have brought everything. `token`: of the newest write. */
  async differences(token: string): Promise<Violation[]> {
    const headers = {
      authorization: `Bearer ${await this.behindAll.token('auditor')}`,
      'consistency-token': token,
      prefer: 'wait=30',
    };
    for (;;) {
      const { status } = await fetch(`${this.behindAll.url}/v1/requests?limit=1`, { headers });
      if (status !== 503) break;
    }
    return settledDifferences(this.servers.postgres.url, this.other.url);
  }

  async stop(): Promise<void> {
    await this.servers.stop();
    await this.other.stop();
  }
}
