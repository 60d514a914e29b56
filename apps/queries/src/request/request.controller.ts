import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { parseRequestId } from '#requests';
import { RequestHistory } from '../history/request.history.js';
import { checkPeriod } from '../invalid-query.js';
import { ReadRoute } from '../read-route.js';
import { AsOfQuery, RequestsQuery } from './request.query.js';
import { RequestReader } from './request.reader.js';
import type { RequestRow } from './request.row.js';
import { RequestView, requestView } from './request.view.js';

export class RequestPage {
  @ApiProperty({ type: [RequestView] }) readonly items!: RequestView[];
  @ApiProperty({
    nullable: true,
    type: String,
    description: 'Cursor of the next page; null on the last one.',
  })
  readonly next!: string | null;
}

@ApiTags('requests 诉求')
@Controller('v1/requests')
export class RequestReadController {
  constructor(
    private readonly requests: RequestReader,
    private readonly history: RequestHistory,
  ) {}

  @ReadRoute('', {
    allow: 'list-requests',
    summary: 'List requests 查询诉求',
    description:
      'What lies within the caller’s scope, newest first. Pages stay stable while requests arrive. Analysts cannot search texts.',
    answer: RequestPage,
    reads: ['request'],
    problems: ['invalid-query'],
  })
  async list(@Query() query: RequestsQuery, @Caller() caller: Principal): Promise<RequestPage> {
    checkPeriod(query);
    // A search tells what the texts hold, even where they are not shown.
    if (query.text !== undefined && caller.role === 'analyst') throw new Problem('forbidden-role');
    const { rows, next } = await this.requests.list(query, caller);
    return { items: rows.map((row) => requestView(row, caller)), next };
  }

  @ReadRoute(':id', {
    allow: 'read-request',
    summary: 'A request as it stands, or as it stood 诉求',
    description: 'With `revision` or `at` it is told from its events; 404 where it did not exist then.',
    answer: RequestView,
    reads: ['request'],
    problems: ['invalid-query', 'unknown-request', 'foreign-station', 'out-of-scope'],
  })
  async one(
    @Param('id') id: string,
    @Query() asOf: AsOfQuery,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestView> {
    const past = asOf.revision !== undefined || asOf.at !== undefined;
    const row = past
      ? await this.history.asOf(id, asOf, caller, 'read-request')
      : await this.present(id, caller);
    reply.header('ETag', `"${row.revision}"`);
    return requestView(row, caller);
  }

  private async present(id: string, caller: Principal): Promise<RequestRow> {
    const row = parseRequestId(id) ? await this.requests.find(id) : undefined;
    if (!row) throw new Problem('unknown-request', { id });
    authorise(caller, 'read-request', row);
    return row;
  }
}
