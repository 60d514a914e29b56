import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Execution, type Outcome, execute } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type StationCommand,
  type StationEvent,
  type StationState,
  stationDecider,
  stationStream,
} from '#stations';
import { counted } from '../counted.js';

export class ExecuteStationCommand extends Command<Outcome<StationState, StationEvent>> {
  constructor(
    readonly code: string,
    readonly execution: Omit<Execution<StationCommand>, 'stream'>,
  ) {
    super();
  }
}

@CommandHandler(ExecuteStationCommand)
export class StationHandler implements ICommandHandler<ExecuteStationCommand> {
  constructor(private readonly store: EventStore) {}

  execute({ code, execution }: ExecuteStationCommand): Promise<Outcome<StationState, StationEvent>> {
    const stream = stationStream(code);
    return counted('station', execute(this.store, stationDecider, { ...execution, stream }));
  }
}
