import { pageSize } from '../paging.js';
import { CursorParameter, WholeParameter } from '../query-fields.js';

export class CallbacksQuery {
  @WholeParameter({ min: 1, max: pageSize.most, example: pageSize.usual, description: '50 by default.' })
  readonly limit?: number;

  @CursorParameter()
  readonly cursor?: string;
}
