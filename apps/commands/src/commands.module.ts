import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AnswerHeaders } from './answer.js';
import { KeyRegister } from './key.register.js';
import { LogRequestHandler } from './request/log-request.handler.js';
import { RequestFollowUpController } from './request/request-follow-up.controller.js';
import { RequestController } from './request/request.controller.js';
import { RequestDispatch } from './request/request.dispatch.js';
import { RequestHandler } from './request/request.handler.js';
import { StationController } from './station/station.controller.js';
import { StationDirectory } from './station/station.directory.js';
import { StationHandler } from './station/station.handler.js';

/** HTTP in, events out. Whoever composes it provides the `EventStore`. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [StationController, RequestController, RequestFollowUpController],
  providers: [
    StationDirectory,
    KeyRegister,
    StationHandler,
    RequestDispatch,
    RequestHandler,
    LogRequestHandler,
    { provide: APP_INTERCEPTOR, useClass: AnswerHeaders },
  ],
})
export class CommandsModule {}
