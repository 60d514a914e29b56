import type { CalendarYear, DaysOff, MakeUpDay, WorkingHours } from '#calendar';
import { Code, Flag, Part, Parts, Text, Whole } from '../fields.js';

const day = /^\d{4}-\d\d-\d\d$/;
const dayForm = { zh: '须写作 2027-10-01', en: 'must be written like 2027-10-01' };
const clock = /^\d\d:\d\d$/;
const clockForm = { zh: '须写作 09:00', en: 'must be written like 09:00' };

export class DaysOffDto implements DaysOff {
  @Code(day, { example: '2098-10-01', form: dayForm })
  readonly from!: string;

  @Code(day, { example: '2098-10-07', form: dayForm, description: 'The last day, included.' })
  readonly to!: string;

  @Text({ max: 64, example: '国庆节' })
  readonly name!: string;
}

export class MakeUpDayDto implements MakeUpDay {
  @Code(day, { example: '2098-10-11', form: dayForm })
  readonly day!: string;

  @Text({ max: 64, example: '国庆节' })
  readonly name!: string;
}

export class WorkingHoursDto implements WorkingHours {
  @Code(clock, { example: '09:00', form: clockForm })
  readonly from!: string;

  @Code(clock, { example: '17:30', form: clockForm })
  readonly to!: string;
}

export class PublishCalendarDto {
  @Whole({ min: 1, max: 1_000_000, example: 1, optional: true, description: 'The next one when absent.' })
  readonly version?: number;

  @Whole({ min: 2000, max: 9999, example: 2098 })
  readonly year!: number;

  @Parts(() => DaysOffDto, { max: 366 })
  readonly daysOff!: DaysOffDto[];

  @Parts(() => MakeUpDayDto, { max: 110, description: '调休: Saturdays and Sundays on which people work.' })
  readonly makeUpDays!: MakeUpDayDto[];

  @Part(() => WorkingHoursDto, { optional: true, description: 'The whole day when absent.' })
  readonly workingHours?: WorkingHoursDto;

  @Text({ max: 500, example: '国办发明电〔2097〕1号', optional: true })
  readonly note?: string;

  @Flag({ example: false, optional: true, description: 'Only says what would come of it.' })
  readonly dryRun?: boolean;
}

export const yearIn = ({ year, daysOff, makeUpDays, workingHours }: PublishCalendarDto): CalendarYear => ({
  year,
  daysOff,
  makeUpDays,
  workingHours: workingHours ?? null,
});
