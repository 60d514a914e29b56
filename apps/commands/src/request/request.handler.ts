import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Execution, type Outcome, execute } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type RequestCommand,
  type RequestEvent,
  type RequestState,
  requestDecider,
  requestStream,
} from '#requests';
import { counted } from '../counted.js';

export type RequestOutcome = Outcome<RequestState, RequestEvent>;

export class ExecuteRequestCommand extends Command<RequestOutcome> {
  constructor(
    readonly requestId: string,
    readonly execution: Omit<Execution<RequestCommand>, 'stream'>,
  ) {
    super();
  }
}

@CommandHandler(ExecuteRequestCommand)
export class RequestHandler implements ICommandHandler<ExecuteRequestCommand> {
  constructor(private readonly store: EventStore) {}

  execute({ requestId, execution }: ExecuteRequestCommand): Promise<RequestOutcome> {
    const stream = requestStream(requestId);
    return counted('request', execute(this.store, requestDecider, { ...execution, stream }));
  }
}
