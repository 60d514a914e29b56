import { type Limit, dueAfter, shippedCalendar, workCalendar } from '#calendar';
import type { Deadline } from '#requests';
import { explain } from './deadline.words.js';

const zone = 'Asia/Shanghai';
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();

function counted(local: string, limit: Limit, ...pauses: { from: string; to: string }[]): Deadline {
  const from = utc(local);
  return {
    kind: 'resolution',
    before: null,
    policyVersion: 'default@0',
    calendarVersion: 'default@0',
    ...dueAfter(shippedCalendar, zone, from, limit, pauses),
    derivation: {
      by: 'policy',
      class: 'general',
      from,
      limit,
      timeZone: zone,
      days: dueAfter(shippedCalendar, zone, from, limit, pauses).days,
      pauses,
    },
  };
}
const days = (amount: number): Limit => ({ amount, unit: 'working-days' });

describe('a deadline in words', () => {
  it.each<[string, Deadline, string, string]>([
    [
      'names the days that were skipped, and the weekend that was worked',
      counted('2026-09-30T10:00', days(5)),
      '5 working days from 30 September 10:00: 1–7 October holiday, 10 October works, so 13 October 10:00',
      '自9月30日10:00起5个工作日：10月1日至7日放假（国庆节），10月10日上班（调休），至10月13日10:00',
    ],
    [
      'needs few words where there was nothing to skip',
      counted('2026-11-23T08:05', { amount: 1, unit: 'hours' }),
      '1 hour from 23 November 08:05, so 23 November 09:05',
      '自11月23日08:05起1小时，至11月23日09:05',
    ],
    [
      'names the pauses',
      counted('2026-11-23T10:00', days(4), { from: utc('2026-11-24T12:00'), to: utc('2026-11-26T12:00') }),
      '4 working days from 23 November 10:00: paused 24 November 12:00 to 26 November 12:00, so 1 December 10:00',
      '自11月23日10:00起4个工作日：11月24日12:00至11月26日12:00暂停，至12月1日10:00',
    ],
    [
      'says that it is a guess, and the year where it is another',
      counted('2026-12-28T10:00', days(4)),
      '4 working days from 28 December 10:00, so 1 January 2027 10:00 (provisional: the calendar of 2027 is not published yet)',
      '自12月28日10:00起4个工作日，至2027年1月1日10:00（暂定：2027年的放假安排尚未公布）',
    ],
    [
      'names the year that is not published, also where it ends in one that is',
      counted('2003-12-30T10:00', days(3)),
      '3 working days from 30 December 10:00: 1 January holiday, so 5 January 2004 10:00 (provisional: the calendar of 2003 is not published yet)',
      '自12月30日10:00起3个工作日：1月1日放假（元旦），至2004年1月5日10:00（暂定：2003年的放假安排尚未公布）',
    ],
    [
      'names all the years that are not published',
      counted('2026-12-28T10:00', days(270)),
      '270 working days from 28 December 10:00, so 10 January 2028 10:00 (provisional: the calendars of 2027 and 2028 are not published yet)',
      '自12月28日10:00起270个工作日，至2028年1月10日10:00（暂定：2027年、2028年的放假安排尚未公布）',
    ],
    [
      'names whoever gave it',
      { ...counted('2026-11-23T10:00', days(1)), derivation: { by: 'source', system: 'baltimore311' } },
      'given by baltimore311: 24 November 10:00',
      'baltimore311 给出：11月24日10:00',
    ],
  ])('%s', (_, deadline, en, zh) => expect(explain(deadline, zone, shippedCalendar)).toEqual({ zh, en }));

  it('that reached a year which has been published since waits for nothing any more', () => {
    const published = { year: 2027, daysOff: [], makeUpDays: [], workingHours: null };
    const calendar = workCalendar({ version: 1, years: { 2027: published } });
    expect(explain(counted('2026-12-28T10:00', days(4)), zone, calendar)).toMatchObject({
      zh: expect.stringMatching(/至2027年1月1日10:00（暂定）$/) as unknown,
    });
  });
});
