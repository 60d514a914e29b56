import { Injectable } from '@nestjs/common';
import { tablesOf } from '#read-store';
import { ReadModels } from '../read-models.js';
import { requestProjection } from '../request/request.projection.js';
import { stationProjection } from '../station/station.projection.js';

/** Where one policy and one calendar hold, by one clock. */
export type Zone = { district: string; timeZone: string };

const pageSize = 200;

/** Open requests with a deadline that was counted by another policy, with another calendar, or before deadlines had steps. */
@Injectable()
export class HeldOtherwise {
  constructor(private readonly models: ReadModels) {}

  async zones(): Promise<Zone[]> {
    const { rows } = await this.models.database.query<Zone>(
      `select distinct district, time_zone as "timeZone" from ${tablesOf(stationProjection).rows} order by 1, 2`,
    );
    return rows;
  }

  /** Their numbers. What is counted again meanwhile moves no page: they are read by number. */
  async *among({ district, timeZone }: Zone, policy: string, calendar: string): AsyncGenerator<string> {
    for (let after = ''; ;) {
      const { rows } = await this.models.database.query<{ id: string }>(
        `select id from ${tablesOf(requestProjection).rows}
         where open and district = $1 and time_zone = $2 and id > $5 and exists (
           select from jsonb_array_elements(deadlines) deadline
           where deadline->'derivation'->>'by' = 'policy'
             and (deadline->>'policyVersion' <> $3 or deadline->>'calendarVersion' <> $4 or not deadline ? 'steps'))
         order by id limit ${pageSize}`,
        [district, timeZone, policy, calendar, after],
      );
      for (const { id } of rows) yield id;
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      after = last.id;
    }
  }
}
