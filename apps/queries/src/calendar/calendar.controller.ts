import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { nationalCalendar, wallClock } from '#calendar';
import { Districts } from '../policy/districts.js';
import { WholeParameter } from '../query-fields.js';
import { ReadRoute } from '../read-route.js';
import { Calendars } from './calendars.js';
import { CalendarView, calendarView } from './calendar.view.js';

class YearQuery {
  @WholeParameter({ min: 2000, max: 9999, example: 2026, description: 'This year when absent.' })
  readonly year?: number;
}

@ApiTags('calendars 日历')
@Controller('v1/calendars/:code')
export class CalendarReadController {
  constructor(
    private readonly calendars: Calendars,
    private readonly districts: Districts,
  ) {}

  @ReadRoute('', {
    allow: 'read-policy',
    summary: 'The working days of a year 工作日历',
    description:
      '`default` is the nation’s calendar, a district’s is that with its own days laid over it. Told from the events: always up to date, but that there is such a district the stations tell.',
    answer: CalendarView,
    reads: ['station'],
    problems: ['invalid-query', 'unknown-district'],
  })
  @ApiParam({ name: 'code', example: 'default', description: '`default`, or a district.' })
  async calendar(@Param('code') code: string, @Query() { year }: YearQuery): Promise<CalendarView> {
    const own = await this.calendars.published(code);
    if (own.length === 0) await this.districts.mustKnow(code, nationalCalendar);
    const calendar = await this.calendars.of(code);
    const { day } = wallClock(new Date().toISOString(), 'Asia/Shanghai');
    return calendarView(code, year ?? Number(day.slice(0, 4)), calendar, own);
  }
}
