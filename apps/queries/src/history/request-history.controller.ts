import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, type Principal } from '#access';
import { ReadRoute } from '../read-route.js';
import { AsOfQuery } from '../request/request.query.js';
import { RequestHistory } from './request.history.js';
import { RequestHistoryView, requestHistoryView } from './request-history.view.js';

@ApiTags('requests 诉求')
@Controller('v1/requests')
export class RequestHistoryController {
  constructor(private readonly history: RequestHistory) {}

  @ReadRoute(':id/history', {
    allow: 'read-history',
    summary: 'Everything that happened to a request 诉求的经过',
    description:
      'Every event with who, when, when it was recorded, and the state it led to; with `revision` or `at` as far as it had ' +
      'come then. Told from the events themselves: always up to date.',
    answer: RequestHistoryView,
    reads: [],
    problems: ['invalid-query', 'unknown-request', 'foreign-station', 'out-of-scope'],
  })
  async read(
    @Param('id') id: string,
    @Query() asOf: AsOfQuery,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestHistoryView> {
    const chronicle = await this.history.until(id, asOf, caller, 'read-history');
    reply.header('ETag', `"${chronicle.row.revision}"`);
    return requestHistoryView(chronicle, caller);
  }
}
