import { pageSize } from '../paging.js';
import { WholeParameter } from '../query-fields.js';

export class TodayQuery {
  @WholeParameter({
    min: 1,
    max: pageSize.most,
    example: pageSize.usual,
    description: 'So many of each list, 50 by default; the counts are of all.',
  })
  readonly limit?: number;
}
