import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type CalendarCommand,
  type CalendarEvent,
  type CalendarState,
  calendarDecider,
  calendarStream,
} from '#calendar';
import type { Execution, Outcome } from '#event-sourcing';
import { EventStore } from '#event-store';
import { counted } from '../counted.js';
import { published } from '../publication.js';

export class ExecuteCalendarCommand extends Command<Outcome<CalendarState, CalendarEvent>> {
  constructor(
    readonly code: string,
    readonly execution: Omit<Execution<CalendarCommand>, 'stream'>,
    readonly dryRun: boolean,
  ) {
    super();
  }
}

@CommandHandler(ExecuteCalendarCommand)
export class CalendarHandler implements ICommandHandler<ExecuteCalendarCommand> {
  constructor(private readonly store: EventStore) {}

  execute({
    code,
    execution,
    dryRun,
  }: ExecuteCalendarCommand): Promise<Outcome<CalendarState, CalendarEvent>> {
    const stream = calendarStream(code);
    return counted('calendar', published(this.store, calendarDecider, { ...execution, stream }, dryRun));
  }
}
