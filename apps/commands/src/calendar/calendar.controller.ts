import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { calendarSchema, calendarStream, wallClock } from '#calendar';
import type { Answer } from '../answer.js';
import { type Asked, AskedWith } from '../asked.js';
import { CommandRoute } from '../command-route.js';
import { districtNamed, onlyItsForm } from '../district.js';
import { KeyRegister } from '../key.register.js';
import { PublicationAnswer, publicationAnswer } from '../publication.answer.js';
import { PublishCalendarDto, yearIn } from './calendar.dto.js';
import { ExecuteCalendarCommand } from './calendar.handler.js';

const timeZone = 'Asia/Shanghai'; // the calendar of the State Council is China's

@ApiTags('calendars 日历')
@Controller('v1/calendars/:code')
export class CalendarController {
  constructor(
    private readonly bus: CommandBus,
    private readonly keys: KeyRegister,
  ) {}

  @CommandRoute('', {
    allow: 'publish-calendar',
    summary: 'Publish the calendar of a year 发布日历',
    answer: PublicationAnswer,
    refuses: ['unknown-district'],
  })
  @ApiParam({
    name: 'code',
    example: 'default',
    description: `\`default\`: the nation’s; or what a district adds. ${onlyItsForm}`,
  })
  async publish(
    @Param('code') code: string,
    @Body() body: PublishCalendarDto,
    @AskedWith() asked: Asked,
  ): Promise<Answer<PublicationAnswer>> {
    const calendar = districtNamed(code);
    const { version, note, dryRun = false } = body;
    const { day: today } = wallClock(asked.now, timeZone);
    if (!dryRun) await this.keys.take(asked, today);
    const { key, keyGiven, ifRevision } = asked;
    const metadata = { ...asked.metadata, schema: calendarSchema };
    const data = { version, today, note, ...yearIn(body) };
    const command = { type: 'PublishCalendar' as const, data };
    const execution = {
      command,
      key,
      keyGiven,
      metadata,
      ...(ifRevision === undefined ? {} : { ifRevision }),
    };
    const outcome = await this.bus.execute(new ExecuteCalendarCommand(calendar, execution, dryRun));
    const stream = calendarStream(calendar);
    return publicationAnswer({ code: calendar, stream, version: outcome.state.version, dryRun }, outcome);
  }
}
