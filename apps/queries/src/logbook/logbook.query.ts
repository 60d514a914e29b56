import { invalidQuery, checkPeriod } from '../invalid-query.js';
import { pageSize } from '../paging.js';
import {
  ChoiceParameter,
  CursorParameter,
  DayParameter,
  TextParameter,
  WholeParameter,
} from '../query-fields.js';

export const logbookSorts = ['-loggedAt', 'open-first'] as const;

export class LogbookQuery {
  @DayParameter('One day, in the station’s zone; not together with `from` and `to`.')
  readonly day?: string;

  @DayParameter('First day, in the station’s zone.')
  readonly from?: string;

  @DayParameter('Last day, in the station’s zone.')
  readonly to?: string;

  @TextParameter({ max: 100, example: '结冰', description: 'Anywhere in what a line shows.' })
  readonly text?: string;

  @ChoiceParameter(logbookSorts, 'Newest first by default; `open-first`: the open ones before all others.')
  readonly sort?: (typeof logbookSorts)[number];

  @WholeParameter({ min: 1, max: pageSize.most, example: pageSize.usual, description: '50 by default.' })
  readonly limit?: number;

  @CursorParameter()
  readonly cursor?: string;
}

/** The days that are asked for. Throws the problem `invalid-query` where they contradict each other. */
export function daysOf({ day, from, to }: LogbookQuery): {
  from?: string | undefined;
  to?: string | undefined;
} {
  if (day !== undefined && (from !== undefined || to !== undefined)) {
    throw invalidQuery('day', '不能与 from、to 同时使用', 'cannot be combined with `from` and `to`');
  }
  checkPeriod({ from, to });
  return day === undefined ? { from, to } : { from: day, to: day };
}
