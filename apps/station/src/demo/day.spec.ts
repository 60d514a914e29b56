import * as fc from 'fast-check';
import { printed, stations } from './cast.js';
import { dayToPlay, occurredAt } from './clock.js';
import { beats, day, minutes } from './day.js';
import { roles } from '#access';

describe('the day that is played', () => {
  it('has some forty requests at two stations', () => {
    expect(day.length).toBeGreaterThanOrEqual(40);
    expect(day.length).toBeLessThanOrEqual(50);
    const places = new Set(day.map(({ steps }) => steps[0]?.by.scope.station));
    expect([...places].sort()).toEqual(stations.map(({ code }) => code).sort());
  });

  it('tells every request under a name of its own', () => {
    expect(new Set(day.map(({ name }) => name)).size).toBe(day.length);
  });

  it('comes by every route of a request', () => {
    const routes = new Set(day.flatMap(({ steps }) => steps.map(({ route }) => route)));
    expect([...routes].sort()).toEqual(
      [
        '',
        'acceptance',
        'assignment',
        'callback',
        'category',
        'claim',
        'closing',
        'contact',
        'correction',
        'escalation',
        'exclusion',
        'pause',
        'progress',
        'reopening',
        'resolution',
        'resumption',
        'return',
        'withdrawal',
      ].sort(),
    );
  });

  it.each(day)('lets $name happen in order', ({ steps }) => {
    const times = steps.map(minutes);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('is told in the order of its times, whatever request they belong to', () => {
    const told = beats(day);
    expect(told.map(minutes)).toEqual(told.map(minutes).toSorted((one, other) => one - other));
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  });

  it('lies within two days, wholly in the past, whenever it is played', () => {
    const now = fc.date({ min: new Date('2024-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(now, (now) => {
        const date = dayToPlay(now);
        const ages = beats(day).flatMap((beat) => {
          const time = occurredAt(beat, date);
          return time === undefined ? [] : [(now.getTime() - Date.parse(time)) / 3_600_000];
        });
        expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...ages)).toBeLessThan(3 * 24);
      }),
    );
  });

  it('goes on in Shanghai', () => {
    expect(occurredAt({ at: '07:42' }, '2026-11-22')).toBe('2026-11-21T23:42:00.000Z');
    expect(occurredAt({ at: '-1 16:20' }, '2026-11-22')).toBe('2026-11-21T08:20:00.000Z');
    expect(occurredAt({ at: 'now' }, '2026-11-22')).toBeUndefined();
    expect(dayToPlay(new Date('2026-11-22T21:30:00+08:00'))).toBe('2026-11-22');
    expect(dayToPlay(new Date('2026-11-22T21:29:59+08:00'))).toBe('2026-11-21');
  });

  it('ends with a token for each role', () => {
    expect(printed.map(({ role }) => role).sort()).toEqual([...roles].sort());
  });
});
