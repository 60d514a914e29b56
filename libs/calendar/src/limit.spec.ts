import { type Limit, dueAfter } from './limit.js';
import { shippedCalendar } from './work-calendar.js';

const zone = 'Asia/Shanghai';
const due = (from: string, limit: Limit, ...pauses: { from: string; to: string }[]) =>
  dueAfter(
    shippedCalendar,
    zone,
    utc(from),
    limit,
    pauses.map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  );
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const days = (amount: number): Limit => ({ amount, unit: 'working-days' });

describe('a limit', () => {
  it('in minutes and hours runs day and night', () => {
    expect(due('2026-10-01T23:30', { amount: 2, unit: 'hours' }).dueAt).toBe(utc('2026-10-02T01:30'));
    expect(due('2026-10-01T23:30', { amount: 45, unit: 'minutes' }).dueAt).toBe(utc('2026-10-02T00:15'));
  });

  it('in calendar days ends at the same clock time', () =>
    expect(due('2026-09-30T10:00', { amount: 7, unit: 'calendar-days' }).dueAt).toBe(
      utc('2026-10-07T10:00'),
    ));

  it('in working days says what was skipped, and what was worked on although it is a weekend', () =>
    expect(due('2026-09-30T10:00', days(5))).toEqual({
      dueAt: utc('2026-10-13T10:00'),
      days: [
        { from: '2026-10-01', to: '2026-10-07', kind: 'day-off', name: '国庆节' },
        { from: '2026-10-10', to: '2026-10-10', kind: 'make-up-day', name: '国庆节' },
        { from: '2026-10-11', to: '2026-10-11', kind: 'weekend', name: null },
      ],
      provisional: false,
    }));

  it('that reaches a year nobody has published is provisional', () => {
    expect(due('2026-12-28T10:00', days(3)).provisional).toBe(false);
    expect(due('2026-12-28T10:00', days(4))).toMatchObject({
      dueAt: utc('2027-01-01T10:00'),
      provisional: true,
    });
  });
});

describe('a pause', () => {
  it.each([
    ['over two working days', '2026-11-24T12:00', '2026-11-26T12:00', '2026-12-01T10:00'],
    ['over part of a day', '2026-11-24T08:00', '2026-11-24T14:00', '2026-11-27T16:00'],
    ['over a weekend only', '2026-11-28T08:00', '2026-11-29T20:00', '2026-11-27T10:00'],
    ['over a weekend and a day', '2026-11-26T12:00', '2026-11-30T12:00', '2026-12-01T10:00'],
    ['after the end', '2026-12-04T12:00', '2026-12-08T12:00', '2026-11-27T10:00'],
    ['before the beginning', '2026-11-20T12:00', '2026-11-23T09:00', '2026-11-27T10:00'],
    ['into the beginning', '2026-11-20T12:00', '2026-11-24T10:00', '2026-11-30T10:00'],
  ])('%s moves the end by what was worked meanwhile', (_, from, to, end) =>
    expect(due('2026-11-23T10:00', days(4), { from, to }).dueAt).toBe(utc(end)),
  );

  it('and another add up', () =>
    expect(
      due(
        '2026-11-23T10:00',
        days(4),
        { from: '2026-11-24T10:00', to: '2026-11-25T10:00' },
        { from: '2026-11-26T10:00', to: '2026-11-27T10:00' },
      ).dueAt,
    ).toBe(utc('2026-12-01T10:00')));

  it('that lies across another one stops the clock once, in whatever order they were written down', () => {
    const morning = { from: '2026-11-23T10:00', to: '2026-11-23T12:00' };
    const late = { from: '2026-11-23T10:30', to: '2026-11-23T13:00' };
    const limit: Limit = { amount: 4, unit: 'hours' };
    expect(due('2026-11-23T09:00', limit, morning, late).dueAt).toBe(utc('2026-11-23T16:00'));
    expect(due('2026-11-23T09:00', limit, late, morning).dueAt).toBe(utc('2026-11-23T16:00'));
  });

  it('keeps the end away from one that comes later, whichever was written down first', () => {
    const [first, second] = [
      { from: '2026-11-23T10:00', to: '2026-11-23T12:00' },
      { from: '2026-11-23T14:00', to: '2026-11-23T15:00' },
    ];
    const limit: Limit = { amount: 4, unit: 'hours' };
    expect(due('2026-11-23T09:00', limit, second, first).dueAt).toBe(utc('2026-11-23T16:00'));
  });
});
