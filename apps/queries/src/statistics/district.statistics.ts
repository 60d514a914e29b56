import { Injectable } from '@nestjs/common';
import { type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { checkPeriod } from '../invalid-query.js';
import { districtStatistics } from './statistics.answer.js';
import type { StatisticsQuery } from './statistics.query.js';
import { StatisticsReader } from './statistics.reader.js';
import type { DistrictStatistics } from './statistics.view.js';
import { always } from './window.js';

/** The figures of a district for whoever may see them: printed or drawn, they are the same. */
@Injectable()
export class StatisticsOfDistrict {
  constructor(private readonly reader: StatisticsReader) {}

  /** Throws the problems `invalid-query`, `forbidden-role`, `out-of-scope` and `unknown-district`. */
  async read(district: string, query: StatisticsQuery, caller: Principal): Promise<DistrictStatistics> {
    checkPeriod(query);
    // Whoever answers for a part of a district only is not told of the rest.
    authorise(caller, 'read-statistics', { district, street: '', community: '', station: '' });
    const { from = null, to = null, by = 'creation' } = query;
    const window = { from: from ?? always.from, to: to ?? always.to };
    const cells = await this.reader.district(district, by, window);
    if (!cells) throw new Problem('unknown-district', { district });
    return districtStatistics(district, { by, from, to }, cells);
  }
}
