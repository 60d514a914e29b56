import { setTimeout as sleep } from 'node:timers/promises';
import type { Recorded } from '../../../libs/event-sourcing/src/index.js';
import { type Connection, type Database, transaction } from '../../../libs/read-store/src/database.js';
import type { Chain } from '../../../libs/read-store/src/partitioned-feed.js';
import { type Applied, Projector as AsShipped } from '../../../libs/read-store/src/projector.js';

export * from '../../../libs/read-store/src/projector.js';

/** Planted fault: the checkpoint commits first, and the rows half a second later. */
export class Projector extends AsShipped {
  readonly #database: Database;
  readonly #held = new Map<Connection, Recorded[]>();

  constructor(...[database, projection, tables]: ConstructorParameters<typeof AsShipped>) {
    super(database, projection, tables);
    this.#database = database;
  }

  override async applyChains(chains: readonly Chain[], options: { parking?: boolean }): Promise<Applied[]> {
    let events: Recorded[] = [];
    const applied = await transaction(this.#database, async (connection) => {
      const checkpoints = await this.applyWithin(connection, chains, options);
      events = this.#held.get(connection) ?? [];
      this.#held.delete(connection);
      return checkpoints;
    });
    await sleep(500);
    await transaction(this.#database, (connection) => super.fold(connection, events));
    return applied;
  }

  override async fold(connection: Connection, events: Recorded[]): Promise<void> {
    this.#held.set(connection, events);
  }
}
