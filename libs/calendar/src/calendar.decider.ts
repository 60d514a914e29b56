import { type Decider, Rejection } from '#event-sourcing';
import { calendarFaults } from './calendar.check.js';
import type { CalendarEvent, CalendarYear } from './calendar.events.js';

/**
 * `version` is absent where whoever publishes takes the next one, whatever it is; what was last said of the year is not
 * published again. `today` is a day there.
 */
export type CalendarCommand = {
  type: 'PublishCalendar';
  data: { version?: number | undefined; today: string; note?: string | undefined } & CalendarYear;
};

export type CalendarState = {
  /** Of the last publication; 0 before the first. */
  version: number;
  /** As last published, by year. */
  years: Readonly<Record<number, CalendarYear>>;
};

export const calendarDecider: Decider<CalendarState, CalendarCommand, CalendarEvent> = {
  initialState: { version: 0, years: {} },

  decide({ data }, state) {
    const { version = state.version + 1, today, note } = data;
    const year = copied(data);
    if ((data.version ?? state.version) === state.version && same(state.years[year.year], year)) return [];
    if (version !== state.version + 1) {
      throw new Rejection('calendar-version-not-next', { version, next: state.version + 1 });
    }
    // Deadlines of last year have passed; what they were counted with must not be told otherwise.
    if (year.year < Number(today.slice(0, 4))) throw new Rejection('calendar-year-past', { year: year.year });
    const faults = calendarFaults(year);
    if (faults.length > 0) throw new Rejection('calendar-cannot-be', { faults });
    return [{ type: 'CalendarPublished', data: { version, note: note ?? null, ...year } }];
  },

  evolve(state, { data }) {
    return { version: data.version, years: { ...state.years, [data.year]: copied(data) } };
  },
};

/** Every reason `decide` may give. */
export const calendarRejections = [
  'calendar-version-not-next',
  'calendar-year-past',
  'calendar-cannot-be',
] as const;

const copied = ({ year, daysOff, makeUpDays, workingHours }: CalendarYear): CalendarYear => ({
  year,
  daysOff: daysOff.map(({ from, to, name }) => ({ from, to, name })),
  makeUpDays: makeUpDays.map(({ day, name }) => ({ day, name })),
  workingHours: workingHours && { from: workingHours.from, to: workingHours.to },
});

// Flat records, always written in the same order.
const same = (one: CalendarYear | undefined, other: CalendarYear): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
