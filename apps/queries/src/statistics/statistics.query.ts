import { ChoiceParameter, DayParameter } from '../query-fields.js';
import { type Basis, bases } from './statistics.cells.js';

export class StatisticsQuery {
  @DayParameter('First day of the window, in the stations’ zone; from the beginning without it.')
  readonly from?: string;

  @DayParameter('Last day of the window, included; until now without it.')
  readonly to?: string;

  @ChoiceParameter(bases, 'The day that counts: of `creation` (default) or of the `closing` in force.')
  readonly by?: Basis;
}
