import {
  ChoiceParameter,
  CursorParameter,
  DayParameter,
  FlagParameter,
  PositionParameter,
  TextParameter,
  WholeParameter,
} from '../query-fields.js';
import { pageSize } from '../paging.js';
import { type Basis, bases } from '../statistics/statistics.cells.js';
import { type EvidenceName, evidenceNames } from './rates.measures.js';

export class RatesQuery {
  @DayParameter(
    'First day of the window, in the stations’ zone; without it the window has the policy’s length.',
  )
  readonly from?: string;

  @DayParameter('Last day of the window, included; the day of the as-of without it.')
  readonly to?: string;

  @ChoiceParameter(bases, 'The day that counts: of `creation` (default) or of the `closing` in force.')
  readonly by?: Basis;

  @WholeParameter({
    min: 1,
    max: 3_660,
    example: 30,
    description: 'So many days up to `to`, instead of `from`.',
  })
  readonly window?: number;

  @TextParameter({
    max: 200,
    example: '3',
    description:
      'Version of the district’s policy, or its whole name (`default@0`); the one in force on `to` without it.',
  })
  readonly policy?: string;

  @PositionParameter('As it was known at this position of all events; what is known now without it.')
  readonly asOf?: string;
}

export class EvidenceQuery extends RatesQuery {
  @ChoiceParameter(
    evidenceNames,
    'Needed: the rate that is asked about; `resolved` is 办结量, of 受理量 as its denominator.',
  )
  readonly rate?: EvidenceName;

  @TextParameter({ max: 200, example: 'wuye-yf', description: 'Of the unit’s row; of the total without it.' })
  readonly unit?: string;

  @FlagParameter('Of the row of the unlisted: what nobody leads, or a unit that is not on the policy’s list.')
  readonly unlisted?: boolean;

  @WholeParameter({ min: 1, max: pageSize.most, example: 50, description: '50 by default.' })
  readonly limit?: number;

  @CursorParameter()
  readonly cursor?: string;
}
