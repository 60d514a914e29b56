import { type Database, transaction } from './database.js';
import { type ParkedKey, discardParked, parkedKeys, takeParked } from './parking.js';
import type { PartitionedFeed } from './partitioned-feed.js';
import { Projector } from './projector.js';
import { type AnyProjection, tablesOf } from './table.sql.js';
import { isTransient } from './transient.js';

/** No record of the key is parked. */
export class NothingParked extends Error {
  override readonly name = 'NothingParked';
}

/** A parked record still cannot be applied: all of its key stay parked. */
export class StillParked extends Error {
  override readonly name = 'StillParked';
}

/** What operators do about records that could not be applied. */
export class ParkingLot {
  constructor(
    private readonly database: Database,
    private readonly projections: readonly AnyProjection[],
  ) {}

  /** Of the present version of each projection. */
  async keys(): Promise<ParkedKey[]> {
    const names = new Map(this.projections.map((one) => [tablesOf(one).checkpoint, one.name]));
    const keys = await parkedKeys(this.database);
    return keys.flatMap((key) => {
      const projection = names.get(key.projection);
      return projection === undefined ? [] : [{ ...key, projection }];
    });
  }

  /**
   * Applies the parked records of a stream in their order; they leave the parking with the commit that applies them, all or
   * none. Returns how many. Throws {@link NothingParked} or {@link StillParked}.
   */
  async retry(projection: AnyProjection, stream: string, feed: PartitionedFeed): Promise<number> {
    const tables = tablesOf(projection);
    const projector = new Projector(this.database, projection, tables);
    let count = 0;
    await transaction(this.database, (connection) =>
      projector.applyParked(connection, feed.partitionOf(stream), async () => {
        const parked = await takeParked(connection, tables.checkpoint, stream);
        if (parked.length === 0) throw new NothingParked(`${stream} is not parked in ${projection.name}`);
        count = parked.length;
        return parked.map(({ record }) => feed.restored(record).event());
      }),
    ).catch((error: unknown) => {
      if (error instanceof NothingParked || isTransient(error)) throw error;
      throw new StillParked(error instanceof Error ? error.message : String(error), { cause: error });
    });
    return count;
  }

  /** Gives up on the parked records of a stream: what follows is applied as if they had never been. */
  async discard(projection: AnyProjection, stream: string, reason: string): Promise<number> {
    const count = await discardParked(this.database, tablesOf(projection).checkpoint, stream, reason);
    if (count === 0) throw new NothingParked(`${stream} is not parked in ${projection.name}`);
    return count;
  }
}
