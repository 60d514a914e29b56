import { MonthParameter } from '../query-fields.js';

export class ChartQuery {
  @MonthParameter('The present one, by the clocks of Beijing, when absent.')
  readonly month?: string;
}
