import { Injectable } from '@nestjs/common';
import {
  type CalendarEvent,
  type WorkCalendar,
  calendarDecider,
  calendarStream,
  nationalCalendar,
  workCalendar,
} from '#calendar';
import { type Recorded, fold } from '#event-sourcing';
import { EventStore } from '#event-store';

/** The calendars as they are published, from their streams. */
@Injectable()
export class Calendars {
  constructor(private readonly store: EventStore) {}

  /** What was published under a code. */
  published(code: string): Promise<Recorded<CalendarEvent>[]> {
    return this.store.read<CalendarEvent>(calendarStream(code));
  }

  /** What a district counts with; the nation's for `default`. */
  async of(code: string): Promise<WorkCalendar> {
    const national = fold(calendarDecider, await this.published(nationalCalendar));
    if (code === nationalCalendar) return workCalendar(national);
    return workCalendar(national, { code, ...fold(calendarDecider, await this.published(code)) });
  }
}
