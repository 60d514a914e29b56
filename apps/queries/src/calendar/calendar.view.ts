import { ApiProperty } from '@nestjs/swagger';
import {
  type CalendarEvent,
  type CalendarYear,
  type DaysOff,
  type MakeUpDay,
  type NotableDays,
  type WorkCalendar,
  type WorkingHours,
  isPublished,
  nationalCalendar,
  yearIn,
} from '#calendar';
import type { Recorded } from '#event-sourcing';

const hours = {
  nullable: true,
  type: Object,
  example: { from: '09:00', to: '17:30' },
  description: 'Null: around the clock.',
} as const;

class DaysView {
  @ApiProperty({ example: '2026-10-01' }) readonly from!: string;
  @ApiProperty({ example: '2026-10-07' }) readonly to!: string;
  @ApiProperty({ enum: ['day-off', 'make-up-day'], example: 'day-off' }) readonly kind!: string;
  @ApiProperty({ nullable: true, type: String, example: '国庆节' }) readonly name!: string | null;
}

class CalendarVersionView {
  @ApiProperty({ example: 1 }) readonly version!: number;
  @ApiProperty({ example: 2027 }) readonly year!: number;
  @ApiProperty({ nullable: true, type: String }) readonly note!: string | null;
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:30:00.000Z' }) readonly publishedAt!: string;
  @ApiProperty({ example: '管理员' }) readonly publishedBy!: string;
}

class DaysOffView implements DaysOff {
  @ApiProperty({ example: '2027-05-05' }) readonly from!: string;
  @ApiProperty({ example: '2027-05-05' }) readonly to!: string;
  @ApiProperty({ example: '区庆' }) readonly name!: string;
}

class MakeUpDayView implements MakeUpDay {
  @ApiProperty({ example: '2027-05-08' }) readonly day!: string;
  @ApiProperty({ example: '区庆' }) readonly name!: string;
}

/** A year as it was published under a code, without what it is laid over. */
class OwnYearView implements Omit<CalendarYear, 'year'> {
  @ApiProperty({ type: [DaysOffView] }) readonly daysOff!: DaysOff[];
  @ApiProperty({ type: [MakeUpDayView] }) readonly makeUpDays!: MakeUpDay[];
  @ApiProperty(hours) readonly workingHours!: WorkingHours | null;
}

/** A year as it is counted with. */
export class CalendarView {
  @ApiProperty({ example: 'default' }) readonly code!: string;
  @ApiProperty({ example: 'default@1', description: 'Which publications it is made of.' })
  readonly version!: string;
  @ApiProperty({ example: 2026 }) readonly year!: number;
  @ApiProperty({
    example: true,
    description: 'Whether the nation’s is known: else Monday to Friday is a guess.',
  })
  readonly published!: boolean;
  @ApiProperty({ example: 248 }) readonly workingDays!: number;
  @ApiProperty({ type: [DaysView], description: 'Where it differs from Monday to Friday.' })
  readonly days!: DaysView[];
  @ApiProperty(hours) readonly workingHours!: WorkingHours | null;
  @ApiProperty({
    nullable: true,
    type: OwnYearView,
    description: 'What was last published under this code for the year; null where nothing was.',
  })
  readonly own!: OwnYearView | null;
  @ApiProperty({ type: [CalendarVersionView], description: 'What was published under this code.' })
  readonly versions!: CalendarVersionView[];
}

export function calendarView(
  code: string,
  year: number,
  calendar: WorkCalendar,
  own: Recorded<CalendarEvent>[],
): CalendarView {
  const { notable, workingDays, workingHours } = yearIn(calendar, year);
  return {
    code,
    version: calendar.version,
    year,
    published: isPublished(calendar, year),
    workingDays,
    days: notable.filter(isNamed).map(({ from, to, kind, name }) => ({ from, to, kind, name })),
    workingHours,
    own: ownYear(code, year, calendar),
    versions: own.map(({ data: { version, year, note }, recordedAt, metadata }) => ({
      version,
      year,
      note,
      publishedAt: recordedAt,
      publishedBy: metadata.actor.name,
    })),
  };
}

const isNamed = ({ kind }: NotableDays): boolean => kind !== 'weekend';

function ownYear(code: string, year: number, { national, district }: WorkCalendar): OwnYearView | null {
  const own = (code === nationalCalendar ? national : district)[year];
  return own ? { daysOff: own.daysOff, makeUpDays: own.makeUpDays, workingHours: own.workingHours } : null;
}
