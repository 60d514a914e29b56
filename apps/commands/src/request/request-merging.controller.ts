import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Asked, AskedWith } from '../asked.js';
import { CommandRoute } from '../command-route.js';
import { MergeRequests } from './merge-requests.js';
import { SplitAnswer } from './request.answer.js';
import type { Answering } from './request.dispatch.js';
import * as dto from './request-merging.dto.js';
import { RequestRoute } from './request.route.js';
import { SplitRequest } from './split-request.js';

/** When one matter was brought twice, and when two were brought as one. */
@ApiTags('requests 诉求')
@Controller('v1/requests/:id')
export class RequestMergingController {
  constructor(
    private readonly merging: MergeRequests,
    private readonly splitting: SplitRequest,
  ) {}

  @RequestRoute('merging', { allow: 'merge', summary: 'Merge it into another one 并单' })
  merge(@Param('id') id: string, @Body() body: dto.MergingDto, @AskedWith() asked: Asked): Answering {
    return this.merging.merge(id, body, asked);
  }

  @RequestRoute('unmerging', { allow: 'unmerge', summary: 'Take it back out of the other one 取消并单' })
  unmerge(@Param('id') id: string, @Body() body: dto.UnmergingDto, @AskedWith() asked: Asked): Answering {
    return this.merging.unmerge(id, body, asked);
  }

  @CommandRoute('splitting', {
    allow: 'split',
    summary: 'Split it into parts with numbers of their own 拆分',
    answer: SplitAnswer,
    refuses: ['unknown-request', 'unknown-station'],
  })
  split(@Param('id') id: string, @Body() body: dto.SplittingDto, @AskedWith() asked: Asked) {
    return this.splitting.split(id, body, asked);
  }
}
