import { caseworkProfile } from './casework.profile.js';
import type { Cells } from './profile.js';

const row: Cells = {
  unique_key: 'NYCC03553856',
  account: 'NYCC03',
  opendate: '2022-01-01',
  closedate: '2022-01-06',
  complaint_type: 'Health',
  descriptor: 'COVID-19',
  zip: '10036',
  council_dist: 'NYCC46',
};
const read = (changes: Cells = {}) => caseworkProfile().read({ ...row, ...changes });

describe('a row of casework', () => {
  it('is a life from the office that logged it to its closing, by its own days', () => {
    expect(read()).toEqual({
      key: 'NYCC03553856',
      station: {
        code: 'NYCC03',
        name: 'NYCC03',
        community: 'NYCC03',
        street: 'NYCC03',
        district: 'NYCC03',
        timeZone: 'America/New_York',
      },
      day: '2022-01-01',
      by: 'casework',
      loggedAt: '2022-01-01T17:00:00.000Z',
      log: { summary: 'COVID-19', category: 'Health', residentDistrict: 'NYCC46', channel: 'walk-in' },
      steps: [
        {
          command: { type: 'Assign', data: { to: { id: 'NYCC03', kind: 'department', name: 'NYCC03' } } },
          at: '2022-01-01T17:00:00.000Z',
        },
        { command: { type: 'Resolve', data: { outcome: 'Closed' } }, at: '2022-01-06T17:00:00.000Z' },
        { command: { type: 'Close', data: {} }, at: '2022-01-06T17:00:00.000Z' },
      ],
    });
  });

  it('without a close date stays assigned', () => {
    expect(read({ closedate: '' }).steps.map(({ command }) => command.type)).toEqual(['Assign']);
  });

  it('says what it says: no type is none, and the form’s own words are kept', () => {
    expect(read({ complaint_type: '', descriptor: '', council_dist: '' }).log).toEqual({
      summary: '(no description)',
      category: undefined,
      residentDistrict: undefined,
      channel: 'walk-in',
    });
    expect(read({ complaint_type: 'Please choose an issue...', descriptor: '' }).log).toMatchObject({
      summary: 'Please choose an issue...',
      category: 'Please choose an issue...',
    });
  });

  it('may be closed on the day it was opened', () => {
    expect(read({ closedate: '2022-01-01' }).steps.at(-1)?.at).toBe('2022-01-01T17:00:00.000Z');
  });

  it.each<[string, Cells]>([
    ['missing-key', { unique_key: '' }],
    ['invalid-station', { account: 'nycc 3' }],
    ['invalid-station', { account: '' }],
    ['missing-date', { opendate: '' }],
    ['unreadable-date', { opendate: '2022-13-01' }],
    ['unreadable-date', { closedate: 'soon' }],
    ['placeholder-date', { opendate: '1900-01-01' }],
    ['placeholder-date', { closedate: '1900-01-01' }],
    ['closed-before-created', { closedate: '2021-12-31' }],
    ['null-text', { unique_key: 'NULL' }],
    ['null-text', { descriptor: 'NULL' }],
    ['unreadable-text', { descriptor: 'caf\uFFFD' }],
    ['unreadable-text', { descriptor: 'a\0b' }],
    ['too-long', { descriptor: 'x'.repeat(4_001) }],
    ['too-long', { unique_key: '字'.repeat(201) }],
    ['too-long', { complaint_type: '字'.repeat(201) }],
    ['too-long', { council_dist: '字'.repeat(201) }],
  ])('cannot be true: %s', (reason, changes) => {
    expect(() => read(changes)).toThrow(reason);
  });

  it('is not judged by columns that are not read', () => {
    expect(read({ zip: 'NULL', city: 'NULL' }).key).toBe('NYCC03553856');
  });

  it('keeps a long text whole beside its summary', () => {
    const { summary, details } = read({ descriptor: '字'.repeat(300) }).log;
    expect([...summary]).toHaveLength(200);
    expect(details).toHaveLength(300);
  });
});
