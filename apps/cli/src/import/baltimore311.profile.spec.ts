import { baltimore311Profile } from './baltimore311.profile.js';
import type { Cells } from './profile.js';

const row: Cells = {
  SRRecordID: '18-00269879',
  SRType: 'TRT-Traffic Signal Repairs',
  MethodReceived: 'Phone',
  CreatedDate: '04/12/2018 11:11:26 AM',
  SRStatus: 'Closed',
  DueDate: '04/13/2018 11:11:26 AM',
  CloseDate: '04/12/2018 12:45:47 PM',
  Agency: 'Transportation',
  CouncilDistrict: '6',
};
const read = (changes: Cells = {}) => baltimore311Profile().read({ ...row, ...changes });

describe('a request to Baltimore’s 311', () => {
  it('is a life to the second, in the hands of its agency', () => {
    const { key, day, loggedAt, log, steps, station } = read();
    expect([key, day, loggedAt]).toEqual(['18-00269879', '2018-04-12', '2018-04-12T15:11:26.000Z']);
    expect(station).toMatchObject({ code: 'BALT311', district: 'Baltimore', timeZone: 'America/New_York' });
    expect(log).toEqual({
      summary: 'TRT-Traffic Signal Repairs',
      category: 'TRT-Traffic Signal Repairs',
      residentDistrict: '6',
      channel: 'phone',
      deadlines: [{ kind: 'resolution', dueAt: '2018-04-13T15:11:26.000Z' }],
    });
    expect(steps).toEqual([
      {
        command: {
          type: 'Assign',
          data: { to: { id: 'Transportation', kind: 'department', name: 'Transportation' } },
        },
        at: '2018-04-12T15:11:26.000Z',
      },
      { command: { type: 'Resolve', data: { outcome: 'Closed' } }, at: '2018-04-12T16:45:47.000Z' },
      { command: { type: 'Close', data: {} }, at: '2018-04-12T16:45:47.000Z' },
    ]);
  });

  it('is due when the city said so, even before it was created, and at no time where it said nothing', () => {
    expect(read({ DueDate: '04/11/2018 09:00:00 AM' }).log.deadlines).toEqual([
      { kind: 'resolution', dueAt: '2018-04-11T13:00:00.000Z' },
    ]);
    expect(read({ DueDate: '03/11/2018 02:30:00 AM' }).log.deadlines).toEqual([
      { kind: 'resolution', dueAt: '2018-03-11T07:30:00.000Z' },
    ]);
    expect(read({ DueDate: '' }).log.deadlines).toBeUndefined();
  });

  it('keeps the words of its closing', () => {
    expect(read({ SRStatus: 'Closed (Duplicate)' }).steps[1]?.command.data).toEqual({
      outcome: 'Closed (Duplicate)',
    });
  });

  it('is open in any other status', () => {
    for (const SRStatus of ['Open', 'New', 'Pending', 'In Progress', 'Open (Duplicate)']) {
      expect(read({ SRStatus, CloseDate: '' }).steps).toHaveLength(1);
    }
  });

  it.each([
    ['Phone', 'phone'],
    ['Mail', 'paper'],
    ['Internal', 'patrol'],
    ['API', 'online'],
    ['Other', 'online'],
  ])('came by %s: %s', (MethodReceived, channel) => {
    expect(read({ MethodReceived }).log.channel).toBe(channel);
  });

  it.each<[string, Cells]>([
    ['missing-key', { SRRecordID: '' }],
    ['missing-date', { CreatedDate: '' }],
    ['unreadable-date', { CreatedDate: '2018-04-12 11:11' }],
    ['placeholder-date', { CreatedDate: '01/01/1900 12:00:00 AM' }],
    ['unreadable-date', { DueDate: 'soon' }],
    ['nonexistent-local-time', { CloseDate: '03/10/2019 02:30:00 AM' }],
    ['closed-before-created', { CloseDate: '04/12/2018 11:11:25 AM' }],
    ['closed-without-date', { CloseDate: '' }],
    ['closed-while-open', { SRStatus: 'Open' }],
    ['null-text', { Agency: 'NULL' }],
    ['too-long', { SRRecordID: 'x'.repeat(201) }],
    ['too-long', { SRType: 'x'.repeat(201) }],
    ['too-long', { Agency: 'x'.repeat(201) }],
    ['too-long', { CouncilDistrict: 'x'.repeat(201) }],
  ])('cannot be true: %s', (reason, changes) => {
    expect(() => read(changes)).toThrow(reason);
  });
});
