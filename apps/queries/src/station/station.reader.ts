import { Injectable } from '@nestjs/common';
import type { Principal } from '#access';
import { columnNames, prepared, tablesOf } from '#read-store';
import { stationCode } from '#stations';
import { Conditions } from '../conditions.js';
import { ReadModels } from '../read-models.js';
import { withinScope } from '../scope.sql.js';
import { type StationRow, stationProjection } from './station.projection.js';

// Scopes call a station's code `station`.
const source = `(select s.*, s.code as station from ${tablesOf(stationProjection).rows} s) s`;
const columns = columnNames(stationProjection, 's');

@Injectable()
export class StationReader {
  constructor(private readonly models: ReadModels) {}

  async find(code: string): Promise<StationRow | undefined> {
    if (!stationCode.test(code)) return undefined;
    const { rows } = await this.models.database.query<StationRow>(
      prepared(`select ${columns} from ${source} where s.code = $1`, [code]),
    );
    return rows[0];
  }

  /** What the principal answers for, by code. */
  async list(principal: Principal): Promise<StationRow[]> {
    const conditions = new Conditions();
    withinScope(conditions, principal, 'read-station', 's');
    const { rows } = await this.models.database.query<StationRow>(
      `select ${columns} from ${source} ${conditions.where} order by s.code`,
      conditions.values,
    );
    return rows;
  }
}
