import type { RequestEvent } from '#requests';
import { contractor, other, property, neighbour, sampleEvents } from '../spec/request.samples.js';
import { type Happened, rowAfter } from '../spec/recorded.js';
import { ratesProjection } from './rates.projection.js';
import type { RatesRow } from './rates.row.js';

type Event = Happened<RequestEvent>;
type Type = RequestEvent['type'];

const stream = 'request-YFXJ-261122-7K3QQ';
const row = (...events: Event[]) => rowAfter(ratesProjection, stream, events) as RatesRow;
const told = (...types: Type[]) => types.map((type) => sampleEvents[type]);

// Events are a minute apart, the first of them at position 0.
const at = (position: number) => ({
  since: String(position),
  recorded_at: `2026-11-22T02:0${position}:00.000Z`,
});
const word = (position: number) => ({
  position: String(position),
  contacted: true,
  contactedByUnit: false,
  resolved: 'yes',
  satisfied: 'mostly',
});

const assigned = (to: typeof property): Event => ({
  type: 'Assigned',
  data: { to, helpers: [], note: null },
});
const accepted = (by: typeof property): Event => ({ type: 'Accepted', data: { by, implied: false } });
const answered = (resolved: 'yes' | 'no', caller?: string): Event => ({
  type: 'CallbackRecorded',
  data: { ...sampleEvents.CallbackRecorded.data, resolved, ...(caller !== undefined && { caller }) },
});

describe('the row of a request in the rates', () => {
  it('begins with where and when it was logged, and with nobody who answers for it', () => {
    expect(row(...told('RequestLogged'))).toEqual({
      id: 'YFXJ-261122-7K3QQ',
      ...at(0),
      district: '海淀区',
      station: 'YFXJ',
      time_zone: 'Asia/Shanghai',
      logged_position: '0',
      logged_at: '2026-11-22T02:00:00.000Z',
      logged_day: '2026-11-22',
      standing: 'open',
      part: false,
      paused_at: null,
      lead: null,
      lead_name: null,
      lead_kind: null,
      resolved_at: null,
      resolved_position: null,
      closed_day: null,
      due_at: null,
      due_day: null,
      ever_resolved: false,
      assignments: {},
      reopened: false,
      contacted: null,
      contacted_by_unit: null,
      answer: null,
      satisfied: null,
      words: {},
      building: '5号楼',
      unit: null,
      category: '扫雪除冰',
      matter: '["YFXJ","5号楼",null,"扫雪除冰"]',
    });
  });

  it.each<Type>([
    'ProgressRecorded',
    'ResidentContacted',
    'Escalated',
    'DeadlineNeared',
    'Supervised',
    'Split',
    'TookIn',
  ])('is not touched by %s, and its past does not grow', (type) => {
    expect(row(...told('RequestLogged', type))).toEqual(row(...told('RequestLogged')));
  });

  const changes: [Type, Type[], Partial<RatesRow>][] = [
    ['Accepted', [], { lead: 'wuye', lead_name: '永丰物业', lead_kind: 'property' }],
    ['Claimed', [], { lead: 'laoli', lead_name: '老李', lead_kind: 'neighbour' }],
    ['LeadTransferred', ['Accepted'], { lead: 'laoli', lead_name: '老李', lead_kind: 'neighbour' }],
    ['Assigned', [], { assignments: { wuye: { name: '永丰物业', kind: 'property', returned: false } } }],
    [
      'Returned',
      ['Assigned'],
      { assignments: { wuye: { name: '永丰物业', kind: 'property', returned: true } } },
    ],
    [
      'Resolved',
      ['Accepted', 'ClockPaused'],
      {
        standing: 'resolved',
        resolved_at: '2026-11-22T02:03:00.000Z',
        resolved_position: '3',
        ever_resolved: true,
        paused_at: null,
      },
    ],
    [
      'CallbackRecorded',
      ['Resolved'],
      {
        contacted: true,
        contacted_by_unit: false,
        answer: 'yes',
        satisfied: 'mostly',
        words: { '': word(2) } as RatesRow['words'],
      },
    ],
    [
      'ResidentUnreachable',
      ['Resolved'],
      {
        contacted: false,
        answer: null,
        satisfied: null,
        words: {
          '': { position: '2', contacted: false, contactedByUnit: null, resolved: null, satisfied: null },
        },
      },
    ],
    ['Closed', ['Resolved'], { standing: 'closed', closed_day: '2026-11-22' }],
    [
      'Reopened',
      ['Resolved', 'Closed'],
      { standing: 'open', resolved_at: null, resolved_position: null, closed_day: null, reopened: true },
    ],
    ['ClockPaused', [], { paused_at: '2026-11-22T02:01:00.000Z' }],
    ['ClockResumed', ['ClockPaused'], { paused_at: null }],
    ['DeadlineSet', [], { due_at: '2026-12-01T02:00:00.000Z', due_day: '2026-12-01' }],
    ['Recategorised', [], { category: '道路', matter: '["YFXJ","5号楼",null,"道路"]' }],
    ['Corrected', [], { building: '6号楼', unit: '2单元', matter: '["YFXJ","6号楼","2单元","扫雪除冰"]' }],
    ['Merged', [], { standing: 'merged' }],
    [
      'Unmerged',
      ['Merged'],
      {
        standing: 'open',
        contacted: true,
        answer: 'yes',
        satisfied: 'yes',
        words: {
          '': { position: '2', contacted: true, contactedByUnit: null, resolved: 'yes', satisfied: 'yes' },
        },
      },
    ],
    ['Withdrawn', ['ClockPaused'], { standing: 'withdrawn', paused_at: null }],
    ['Excluded', ['ClockPaused'], { standing: 'excluded', paused_at: null }],
  ];
  it.each(changes)('with %s after %j says what is new and nothing else', (type, before, change) => {
    const given = told('RequestLogged', ...before);
    expect(row(...given, sampleEvents[type])).toEqual({ ...row(...given), ...change, ...at(given.length) });
  });

  it('keeps the first lead, whoever accepts or claims it later', () => {
    const claimed: Event = { type: 'Claimed', data: { by: neighbour } };
    const logged = sampleEvents.RequestLogged;
    expect(row(logged, accepted(contractor), accepted(property), claimed)).toMatchObject({
      lead: contractor.id,
      ...at(1),
    });
  });

  it('keeps which of the units that it was given to gave it back, also when one is given it again', () => {
    const logged = sampleEvents.RequestLogged;
    const given = [logged, assigned(property), sampleEvents.Returned, assigned(contractor)];
    const assignments = {
      [property.id]: { name: property.name, returned: true },
      [contractor.id]: { name: contractor.name, returned: false },
    };
    expect(row(...given)).toMatchObject({ assignments });
    expect(row(...given, assigned(property), accepted(property))).toMatchObject({
      lead: property.id,
      assignments,
    });
  });

  it('knows the deadline of the resolution only, and none once it is lifted', () => {
    const { data } = sampleEvents.DeadlineSet;
    const set = (more: Partial<typeof data>): Event => ({ type: 'DeadlineSet', data: { ...data, ...more } });
    const logged = sampleEvents.RequestLogged;
    expect(row(logged, set({ kind: 'acceptance' }))).toEqual(row(logged));
    // 16:30 in UTC is half past midnight in Shanghai.
    expect(row(logged, set({}), set({ dueAt: '2026-12-01T16:30:00.000Z' }))).toMatchObject({
      due_at: '2026-12-01T16:30:00.000Z',
      due_day: '2026-12-02',
    });
    expect(row(logged, set({}), set({ dueAt: null }))).toMatchObject({ due_at: null, due_day: null });
  });

  it('takes an answer of before the question was asked for one that does not say', () => {
    const { contactedByUnit: _, ...data } = sampleEvents.CallbackRecorded.data;
    const before: Event = { type: 'CallbackRecorded', data };
    expect(row(...told('RequestLogged', 'Resolved'), before)).toMatchObject({
      contacted: true,
      contacted_by_unit: null,
      answer: 'yes',
    });
  });

  it('takes no attempt in vain for an answer, nor unsays one', () => {
    const vain: Event = {
      type: 'CallbackRecorded',
      data: { ...sampleEvents.CallbackRecorded.data, contacted: false, resolved: null, satisfied: null },
    };
    const given = told('RequestLogged', 'Resolved');
    expect(row(...given, vain)).toEqual(row(...given));
    expect(row(...given, sampleEvents.CallbackRecorded, vain)).toEqual(
      row(...given, sampleEvents.CallbackRecorded),
    );
  });

  it('does not unsay an answer for one who was not reached later, as streams of before may tell it', () => {
    const given = told('RequestLogged', 'Resolved', 'CallbackRecorded');
    expect(row(...given, sampleEvents.ResidentUnreachable)).toEqual(row(...given));
  });

  it('takes one who is not reached after a new resolution for unreached, whatever she has said before', () =>
    expect(
      row(
        ...told(
          'RequestLogged',
          'Resolved',
          'CallbackRecorded',
          'Reopened',
          'Resolved',
          'ResidentUnreachable',
        ),
      ),
    ).toMatchObject({ contacted: false, answer: null, satisfied: null }));

  it('says what the last of all who asked has said, and forgets who went with her word', () => {
    const given = told('RequestLogged', 'TookIn', 'Resolved');
    expect(row(...given, answered('yes'), answered('no', other))).toMatchObject({ answer: 'no' });
    expect(row(...given, answered('no', other), answered('yes'))).toMatchObject({ answer: 'yes' });
    const unreached: Event = { type: 'ResidentUnreachable', data: { attempts: 3, caller: other } };
    expect(row(...given, answered('yes'), unreached)).toMatchObject({ contacted: true, answer: 'yes' });
    const back = row(...given, answered('yes'), answered('no', other), sampleEvents.GaveBack);
    expect(back).toMatchObject({ answer: 'yes', ...at(5) });
    expect(Object.keys(back.words)).toEqual(['']);
  });
});
