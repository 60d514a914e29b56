import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Problem } from '#problems';
import { type Asked, AskedWith } from '../asked.js';
import { CommandRoute } from '../command-route.js';
import { instant } from '../occurrence.js';
import { EndRequest } from './end-request.js';
import { PassLead } from './pass-lead.js';
import { LogRequestAtStation } from './log-request.handler.js';
import { RequestAnswer, requestAnswer } from './request.answer.js';
import { assignment, claimant, place, resident, unitOf } from './request.body.js';
import { type Answering, RequestDispatch } from './request.dispatch.js';
import * as dto from './request.dto.js';
import { RequestRoute } from './request.route.js';

// The properties of a DTO are copied one by one: what is not named here is not stored.
@ApiTags('requests 诉求')
@Controller('v1/requests')
export class RequestController {
  constructor(
    private readonly bus: CommandBus,
    private readonly requests: RequestDispatch,
    private readonly endings: EndRequest,
    private readonly leads: PassLead,
  ) {}

  @CommandRoute('', {
    allow: 'log-request',
    summary: 'Log a request 登记',
    answer: RequestAnswer,
    creates: true,
    refuses: ['station-needed', 'unknown-station', 'not-allowed-in-state'],
  })
  async log(@Body() body: dto.LogRequestDto, @AskedWith() asked: Asked): Answering {
    const station = body.station ?? asked.caller.scope.station;
    if (!station) throw new Problem('station-needed');
    await this.requests.authorise(asked.caller, 'log-request', station);
    const { summary, details, category, channel, paper } = body;
    const logging = {
      summary,
      details,
      category,
      channel,
      place: place(body.place),
      resident: resident(body.resident),
      paper: paper && { page: paper.page, line: paper.line },
    };
    const logged = new LogRequestAtStation(station, logging, asked, instant(body));
    const { id, outcome } = await this.bus.execute(logged);
    return requestAnswer(id, outcome);
  }

  @RequestRoute(':id/assignment', {
    allow: 'assign',
    summary: 'Assign to a handler 派单',
  })
  async assign(
    @Param('id') id: string,
    @Body() body: dto.AssignmentDto,
    @AskedWith() asked: Asked,
  ): Answering {
    const data = await this.leads.passing(id, assignment(body));
    return this.requests.run(id, 'assign', body, asked, { type: 'Assign', data });
  }

  @RequestRoute(':id/acceptance', { allow: 'accept', summary: 'Accept 签收' })
  accept(@Param('id') id: string, @Body() body: dto.AcceptanceDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'accept', body, asked, { type: 'Accept', data: { by: unitOf(asked) } });
  }

  @RequestRoute(':id/return', {
    allow: 'return',
    summary: 'Give back to whoever assigned 退单',
  })
  return(@Param('id') id: string, @Body() body: dto.ReturnDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'return', body, asked, {
      type: 'Return',
      data: { by: unitOf(asked), reason: body.reason },
    });
  }

  @RequestRoute(':id/claim', { allow: 'claim', summary: 'Take it unasked 认领' })
  claim(@Param('id') id: string, @Body() body: dto.ClaimDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'claim', body, asked, {
      type: 'Claim',
      data: { by: claimant(body, asked) },
    });
  }

  @RequestRoute(':id/progress', {
    allow: 'record-progress',
    summary: 'Record progress 跟进',
  })
  recordProgress(
    @Param('id') id: string,
    @Body() body: dto.ProgressDto,
    @AskedWith() asked: Asked,
  ): Answering {
    return this.requests.run(id, 'record-progress', body, asked, {
      type: 'RecordProgress',
      data: { by: unitOf(asked), note: body.note, at: instant(body) ?? asked.now },
    });
  }

  @RequestRoute(':id/contact', {
    allow: 'contact',
    summary: 'Record a contact with the resident 联系居民',
  })
  contact(@Param('id') id: string, @Body() body: dto.ContactDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'contact', body, asked, {
      type: 'ContactResident',
      data: {
        by: unitOf(asked),
        reached: body.reached,
        channel: body.channel,
        note: body.note,
        at: instant(body) ?? asked.now,
      },
    });
  }

  @RequestRoute(':id/resolution', { allow: 'resolve', summary: 'Say it is done 办结' })
  resolve(@Param('id') id: string, @Body() body: dto.ResolutionDto, @AskedWith() asked: Asked): Answering {
    return this.endings.run(id, 'resolve', body, asked, {
      type: 'Resolve',
      data: { by: unitOf(asked), outcome: body.outcome },
    });
  }
}
