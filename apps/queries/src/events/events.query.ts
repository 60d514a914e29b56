import { publications } from '#public-events';
import { ChoicesParameter, StartParameter, TextParameter } from '../query-fields.js';

const names = [...new Set(Object.values(publications).map(({ name }) => name))];

export class EventsQuery {
  @ChoicesParameter(names, 'Only these; several in a list with commas or as parameters of their own.')
  readonly type?: string[];

  @TextParameter({ max: 200, example: '海淀区' })
  readonly district?: string;

  @TextParameter({ max: 12, example: 'YFXJ', description: 'Code of a station.' })
  readonly station?: string;

  @StartParameter(
    ['now', 'beginning'],
    'Where to begin without a cursor: what happens from now on by default, all that ever happened, or what came after the ' +
      'event at this position (`position` here and in histories, `ce_position` on the topic).',
  )
  readonly from?: string;

  @TextParameter({
    max: 200,
    example: 'AAAAAAAAEmcq…',
    description: 'The last `id` that arrived, for clients that cannot send `Last-Event-ID`.',
  })
  readonly after?: string;
}
