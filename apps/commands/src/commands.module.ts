import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AnswerHeaders } from './answer.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { CalendarHandler } from './calendar/calendar.handler.js';
import { WhenCountedThenEscalate } from './escalation/when-counted-then-escalate.js';
import { KeyRegister } from './key.register.js';
import { PolicyController } from './policy/policy.controller.js';
import { PolicyHandler } from './policy/policy.handler.js';
import { TermsDirectory } from './policy/terms.directory.js';
import { Consequence } from './reaction/consequence.js';
import { Policies } from './reaction/policies.js';
import { PolicyProgress } from './reaction/policy.progress.js';
import { EndRequest } from './request/end-request.js';
import { LogRequestHandler } from './request/log-request.handler.js';
import { MergeRequests } from './request/merge-requests.js';
import { RequestFollowUpController } from './request/request-follow-up.controller.js';
import { RequestController } from './request/request.controller.js';
import { PassLead } from './request/pass-lead.js';
import { RequestMergingController } from './request/request-merging.controller.js';
import { RequestDispatch } from './request/request.dispatch.js';
import { RequestHandler } from './request/request.handler.js';
import { SplitRequest } from './request/split-request.js';
import { WhenMergedThenTheOtherFollows } from './request/when-merged-then-the-other-follows.policy.js';
import { WhenSplitThenLogTheParts } from './request/when-split-then-log-the-parts.policy.js';
import { StationController } from './station/station.controller.js';
import { StationDirectory } from './station/station.directory.js';
import { StationHandler } from './station/station.handler.js';

/** HTTP in, events out. Whoever composes it provides the `EventStore`. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    StationController,
    RequestController,
    RequestFollowUpController,
    RequestMergingController,
    PolicyController,
    CalendarController,
  ],
  providers: [
    StationDirectory,
    KeyRegister,
    StationHandler,
    PolicyHandler,
    TermsDirectory,
    CalendarHandler,
    RequestDispatch,
    RequestHandler,
    LogRequestHandler,
    EndRequest,
    PassLead,
    MergeRequests,
    SplitRequest,
    WhenMergedThenTheOtherFollows,
    WhenSplitThenLogTheParts,
    WhenCountedThenEscalate,
    Consequence,
    PolicyProgress,
    Policies,
    { provide: APP_INTERCEPTOR, useClass: AnswerHeaders },
  ],
  exports: [StationDirectory, TermsDirectory],
})
export class CommandsModule {}
