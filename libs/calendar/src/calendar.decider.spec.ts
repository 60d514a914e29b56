import { specification } from '#event-sourcing';
import { calendarFaults } from './calendar.check.js';
import { type CalendarCommand, calendarDecider } from './calendar.decider.js';
import { type CalendarEvent, type CalendarYear, calendarStream } from './calendar.events.js';
import { upcastCalendar } from './calendar.upcast.js';
import { shippedYear, shippedYears } from './national.years.js';

const given = specification(calendarDecider);

const year: CalendarYear = {
  year: 2027,
  daysOff: [{ from: '2027-10-01', to: '2027-10-07', name: '国庆节' }],
  makeUpDays: [{ day: '2027-10-09', name: '国庆节' }],
  workingHours: null,
};
const today = '2026-11-25';
const publish = (data: Partial<CalendarCommand['data']> = {}): CalendarCommand => ({
  type: 'PublishCalendar',
  data: { ...year, today, ...data },
});
const published = (version: number, changes: Partial<CalendarYear> = {}): CalendarEvent => ({
  type: 'CalendarPublished',
  data: { version, note: null, ...year, ...changes },
});

describe('publishing a calendar', () => {
  it('makes the first version of a year', () => given().when(publish()).thenEmits(published(1)));

  it('stores the days that are named and nothing else', () =>
    given()
      .when(publish({ mood: 'grey' } as object))
      .thenEmits(published(1)));

  it('twice is once', () =>
    given(published(1))
      .when(publish({ version: 1 }))
      .thenNothing());

  it('twice is once also where no version is named, other years published meanwhile or not', () => {
    given(published(1)).when(publish()).thenNothing();
    given(published(1), published(2, { year: 2028, daysOff: [], makeUpDays: [] }))
      .when(publish({ note: '再次发布' }))
      .thenNothing();
    given(published(1), published(2, { makeUpDays: [] }))
      .when(publish())
      .thenEmits(published(3));
    given(published(1))
      .when(publish({ version: 2 }))
      .thenEmits(published(2));
  });

  it('anew makes another version, and the years that it does not speak of stay', () => {
    const next = publish({ version: 2, year: 2028, daysOff: [], makeUpDays: [] });
    given(published(1))
      .when(next)
      .thenEmits(published(2, { year: 2028, daysOff: [], makeUpDays: [] }));
  });

  it.each([1, 3])('refuses version %i where the next one is 2', (version) =>
    given(published(1))
      .when(publish({ version, daysOff: [] }))
      .thenRejected('calendar-version-not-next'),
  );

  it('refuses a year that has passed', () =>
    given()
      .when(publish({ year: 2025 }))
      .thenRejected('calendar-year-past'));

  it('refuses what cannot be', () =>
    given()
      .when(publish({ daysOff: [{ from: '2027-02-29', to: '2027-03-01', name: '春节' }] }))
      .thenRejected('calendar-cannot-be'));
});

describe('what cannot be in a calendar', () => {
  const off = { from: '2027-10-01', to: '2027-10-07', name: '国庆节' };
  it.each<[string, Partial<CalendarYear>, string]>([
    ['a day that there is not', { daysOff: [{ ...off, to: '2027-10-32' }] }, 'daysOff.0.to no-such-day'],
    [
      'a day of another year',
      { daysOff: [{ ...off, from: '2026-10-01' }] },
      'daysOff.0.from day-of-another-year',
    ],
    [
      'an end before its beginning',
      { daysOff: [{ ...off, from: '2027-10-08' }] },
      'daysOff.0.to ends-before-it-begins',
    ],
    ['a day off named twice', { daysOff: [off, off] }, 'daysOff.1 day-named-twice'],
    [
      'a day off on which people work',
      { daysOff: [off], makeUpDays: [{ day: '2027-10-02', name: '国庆节' }] },
      'makeUpDays.0.day day-named-twice',
    ],
    [
      'a Monday made up for',
      { makeUpDays: [{ day: '2027-10-11', name: '国庆节' }] },
      'makeUpDays.0.day works-anyway',
    ],
    [
      'hours that end before they begin',
      { workingHours: { from: '17:30', to: '09:00' } },
      'workingHours hours-not-in-order',
    ],
  ])('is %s', (_, wrong, fault) =>
    expect(
      calendarFaults({ ...year, daysOff: [], makeUpDays: [], ...wrong }).map(
        ({ field, fault }) => `${field} ${fault}`,
      ),
    ).toEqual([fault]),
  );
});

describe('the calendars that come with the program', () => {
  it('are those that were published, and no other', () => {
    expect([shippedYears[0], shippedYears.at(-1)]).toEqual([2004, 2026]);
    expect(shippedYear(2027)).toBeUndefined();
    expect(shippedYear(2003)).toBeUndefined();
  });

  it('can be, all of them', () => {
    for (const known of shippedYears) {
      const year = shippedYear(known);
      expect([known, year && calendarFaults(year)]).toEqual([known, []]);
      expect(year?.daysOff.length).toBeGreaterThan(2);
    }
  });

  it('have the days off and the make-up days of 2026', () => {
    const days = shippedYear(2026);
    expect(days?.daysOff).toContainEqual({ from: '2026-10-01', to: '2026-10-07', name: '国庆节' });
    expect(days?.makeUpDays.map(({ day }) => day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });
});

describe('calendars stored with schema 1', () => {
  const json =
    '{"version":1,"note":null,"year":2027,"daysOff":[{"from":"2027-10-01","to":"2027-10-07","name":"国庆节"}],' +
    '"makeUpDays":[{"day":"2027-10-09","name":"国庆节"}],"workingHours":null}';
  it('are read as they stand', () =>
    expect(
      upcastCalendar({ type: 'CalendarPublished', data: JSON.parse(json) as object, schema: 1 }),
    ).toEqual(published(1)));
  it('live in a stream of their own', () => expect(calendarStream('default')).toBe('calendar-default'));
});
