import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Asked, AskedWith } from '../asked.js';
import { instant } from '../occurrence.js';
import { EndRequest } from './end-request.js';
import { corrections } from './request.body.js';
import { type Answering, RequestDispatch } from './request.dispatch.js';
import * as dto from './request.dto.js';
import { RequestRoute } from './request.route.js';

/** What comes after the work: the resident's word, the levels above, the clock, the book itself. */
@ApiTags('requests 诉求')
@Controller('v1/requests/:id')
export class RequestFollowUpController {
  constructor(
    private readonly requests: RequestDispatch,
    private readonly endings: EndRequest,
  ) {}

  @RequestRoute('callback', {
    allow: 'record-callback',
    summary: 'Record what the resident says 回访',
  })
  recordCallback(
    @Param('id') id: string,
    @Body() body: dto.CallbackDto,
    @AskedWith() asked: Asked,
  ): Answering {
    return this.requests.run(id, 'record-callback', body, asked, {
      type: 'RecordCallback',
      data: {
        contacted: body.contacted,
        contactedByUnit: body.contactedByUnit,
        resolved: body.resolved,
        satisfied: body.satisfied,
        note: body.note,
        at: instant(body) ?? asked.now,
        caller: body.caller,
      },
    });
  }

  @RequestRoute('closing', { allow: 'close', summary: 'Close 归档' })
  close(@Param('id') id: string, @Body() body: dto.ClosingDto, @AskedWith() asked: Asked): Answering {
    return this.endings.run(id, 'close', body, asked, { type: 'Close', data: { note: body.note } });
  }

  @RequestRoute('reopening', { allow: 'reopen', summary: 'Reopen 重新打开' })
  reopen(@Param('id') id: string, @Body() body: dto.ReopeningDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'reopen', body, asked, { type: 'Reopen', data: { reason: body.reason } });
  }

  @RequestRoute('escalation', {
    allow: 'escalate',
    summary: 'Call the next level up 升级、吹哨',
  })
  escalate(@Param('id') id: string, @Body() body: dto.EscalationDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'escalate', body, asked, {
      type: 'Escalate',
      data: { to: body.to, reason: body.reason },
    });
  }

  @RequestRoute('pause', { allow: 'pause', summary: 'Stop the clock 暂停计时' })
  pause(@Param('id') id: string, @Body() body: dto.PauseDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'pause', body, asked, {
      type: 'Pause',
      data: { approver: asked.caller.name, reason: body.reason },
    });
  }

  @RequestRoute('resumption', {
    allow: 'resume',
    summary: 'Let the clock run again 恢复计时',
  })
  resume(@Param('id') id: string, @Body() body: dto.ResumptionDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'resume', body, asked, { type: 'Resume', data: { note: body.note } });
  }

  @RequestRoute('category', {
    allow: 'recategorise',
    summary: 'Change the category 改类别',
  })
  recategorise(@Param('id') id: string, @Body() body: dto.CategoryDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'recategorise', body, asked, {
      type: 'Recategorise',
      data: { category: body.category, reason: body.reason },
    });
  }

  @RequestRoute('correction', {
    allow: 'correct',
    summary: 'Correct what was written down 更正',
    refuses: ['nothing-to-correct'],
  })
  correct(@Param('id') id: string, @Body() body: dto.CorrectionDto, @AskedWith() asked: Asked): Answering {
    return this.requests.run(id, 'correct', body, asked, {
      type: 'Correct',
      data: { changes: corrections(body), reason: body.reason },
    });
  }

  @RequestRoute('withdrawal', {
    allow: 'withdraw',
    summary: 'The resident takes it back 撤回',
  })
  withdraw(@Param('id') id: string, @Body() body: dto.WithdrawalDto, @AskedWith() asked: Asked): Answering {
    return this.endings.run(id, 'withdraw', body, asked, {
      type: 'Withdraw',
      data: { reason: body.reason },
    });
  }

  @RequestRoute('exclusion', {
    allow: 'exclude',
    summary: 'Leave it out of the rates 剔除',
  })
  exclude(@Param('id') id: string, @Body() body: dto.ExclusionDto, @AskedWith() asked: Asked): Answering {
    return this.endings.run(id, 'exclude', body, asked, {
      type: 'Exclude',
      data: { approver: asked.caller.name, reason: body.reason },
    });
  }
}
