import { Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal } from '#access';
import { Calendars } from '../calendar/calendars.js';
import { RequestHistory } from '../history/request.history.js';
import { ReadRoute } from '../read-route.js';
import { DeadlinesView, deadlinesView } from './deadlines.view.js';

@ApiTags('requests 诉求')
@Controller('v1/requests')
export class DeadlinesController {
  constructor(
    private readonly history: RequestHistory,
    private readonly calendars: Calendars,
  ) {}

  @ReadRoute(':id/deadlines', {
    allow: 'read-request',
    summary: 'Until when, why, and whose time it is 时限',
    description:
      'Each deadline with how it came about, in words; and a clock for each holder. Told from the events: always up to date.',
    answer: DeadlinesView,
    reads: [],
    problems: ['unknown-request', 'foreign-station', 'out-of-scope'],
  })
  async deadlines(@Param('id') id: string, @Caller() caller: Principal): Promise<DeadlinesView> {
    const { told, row } = await this.history.until(id, {}, caller, 'read-request');
    const calendar = await this.calendars.of(row.district);
    const events = told.map(({ event }) => event);
    return deadlinesView(id, events, calendar, new Date().toISOString(), caller);
  }
}
