import { statuses } from '#requests';
import { stationCode } from '#stations';
import {
  ChoiceParameter,
  CursorParameter,
  DayParameter,
  FlagParameter,
  InstantParameter,
  TextParameter,
  WholeParameter,
} from '../query-fields.js';
import { pageSize } from '../paging.js';

export const sorts = ['-loggedAt', 'loggedAt'] as const;

export class RequestsQuery {
  @TextParameter({ max: 12, example: 'YFXJ', description: `Code of a station, ${stationCode.source}` })
  readonly station?: string;

  @TextParameter({ max: 200, example: '海淀区' })
  readonly district?: string;

  @ChoiceParameter(statuses.filter((status) => status !== 'unlogged'))
  readonly status?: string;

  @FlagParameter('`true`: only what is still somebody’s work; `false`: only what is not.')
  readonly open?: boolean;

  @TextParameter({ max: 200, example: '道路结冰' })
  readonly category?: string;

  @TextParameter({ max: 200, example: 'wuye-yf', description: 'Id of the handler that holds it.' })
  readonly holder?: string;

  @DayParameter('First day of logging, in the station’s zone.')
  readonly from?: string;

  @DayParameter('Last day of logging, in the station’s zone.')
  readonly to?: string;

  @TextParameter({ max: 100, example: '结冰', description: 'Anywhere in summary, details or outcome.' })
  readonly text?: string;

  @ChoiceParameter(sorts, 'Newest first by default.')
  readonly sort?: string;

  @WholeParameter({ min: 1, max: pageSize.most, example: pageSize.usual, description: '50 by default.' })
  readonly limit?: number;

  @CursorParameter()
  readonly cursor?: string;
}

/** At most one of them. */
export class AsOfQuery {
  @WholeParameter({ min: 0, max: 1_000_000, example: 3, description: 'As it stood after this event.' })
  readonly revision?: number;

  @InstantParameter('As it stood then, by what had happened until then.')
  readonly at?: string;
}
