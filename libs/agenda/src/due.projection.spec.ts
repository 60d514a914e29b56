import { type Recorded, project } from '#event-sourcing';
import { shippedCalendar } from '#calendar';
import { shippedPolicy } from '#policies';
import {
  type RequestCommand,
  type RequestEvent,
  type RequestState,
  type Terms,
  evolve,
  requestDecider,
  unlogged,
} from '#requests';
import { dueProjection, settling } from './due.projection.js';
import type { DueRow } from './due.row.js';

const id = 'YFXJ-261123-7K3QQ';
const station = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone: 'Asia/Shanghai',
};
const unit = { id: 'wuye', kind: 'property', name: '永丰物业' } as const;
const log: RequestCommand = {
  type: 'LogRequest',
  data: { requestId: id, station, summary: '楼前结冰', channel: 'walk-in' },
};
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const terms = (at: string): Terms => ({
  at,
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});

/** The row after commands at local times; what was entered late is recorded when it was entered. */
function rowAfter(...told: [RequestCommand, string, string?][]): DueRow | undefined {
  return told.reduce((life, one) => tell(life, one), nothing).row;
}

type Life = { state: RequestState; row: DueRow | undefined };
const nothing: Life = { state: unlogged, row: undefined };

function tell(
  before: Life,
  [command, at, entered = at]: [RequestCommand, string, string?],
  as: (event: RequestEvent) => RequestEvent = (event) => event,
): Life {
  return requestDecider
    .decide({ ...command, terms: terms(utc(at)) }, before.state)
    .map(as)
    .reduce<Life>(
      ({ state, row }, event) => ({
        state: evolve(state, event),
        row: project(dueProjection, row, recorded(event, utc(at), utc(entered))),
      }),
      before,
    );
}

/** As deadlines were stored before they had steps. */
function stepless(event: RequestEvent): RequestEvent {
  if (event.type !== 'DeadlineSet') return event;
  const { steps: _, ...data } = event.data;
  return { type: 'DeadlineSet', data };
}

const recorded = (event: RequestEvent, occurredAt: string, recordedAt: string): Recorded<RequestEvent> => ({
  ...event,
  id: '',
  stream: `request-${id}`,
  revision: 0n,
  position: 0n,
  occurredAt,
  recordedAt,
  metadata: {
    $correlationId: '',
    $causationId: '',
    actor: { subject: '', name: '', role: '' },
    schema: 1,
    commandHash: '',
  },
});

const local = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const steps = (row: DueRow | undefined) =>
  row?.steps.map(({ kind, does, to, at }) => [kind, does, to, local(at)].filter(Boolean).join(' '));

const monday: [RequestCommand, string] = [log, '2026-11-23T10:00'];
const accept: [RequestCommand, string] = [{ type: 'Claim', data: { by: unit } }, '2026-11-23T11:00'];
const reached: [RequestCommand, string] = [
  { type: 'ContactResident', data: { reached: true, channel: 'phone', at: utc('2026-11-23T10:30') } },
  '2026-11-23T10:30',
];
const say = (command: RequestCommand, at: string): [RequestCommand, string] => [command, at];
const dispatch = [
  'acceptance warn 2026-11-24 06:00',
  'first-contact warn 2026-11-24 06:00',
  'acceptance escalate community 2026-11-24 10:00',
  'first-contact escalate community 2026-11-24 10:00',
];
const resolution = [
  'resolution warn 2026-12-01 10:00',
  'resolution escalate community 2026-12-02 10:00',
  'resolution supervise street 2026-12-03 10:00',
  'resolution supervise district 2026-12-07 10:00',
];

describe('what is due of a request', () => {
  it('is every step that its deadlines ask for, the earliest first', () => {
    const row = rowAfter(monday);
    expect(steps(row)).toEqual([...dispatch, ...resolution]);
    expect(row?.due_at).toBe(utc('2026-11-24T06:00'));
  });

  it('is nothing for one that was logged without deadlines, or whose source gave them', () => {
    const { data } = log as Extract<RequestCommand, { type: 'LogRequest' }>;
    const deadlines = [{ kind: 'resolution' as const, dueAt: utc('2020-01-01T00:00') }];
    const imported = requestDecider.decide({ type: 'LogRequest', data: { ...data, deadlines } }, unlogged);
    const row = imported.reduce<DueRow | undefined>(
      (before, event) =>
        project(dueProjection, before, recorded(event, utc('2019-12-30T00:00'), utc('2026-11-23T10:00'))),
      undefined,
    );
    expect([imported.length, row]).toEqual([2, undefined]);
  });

  it('is no longer what was met', () => expect(steps(rowAfter(monday, reached, accept))).toEqual(resolution));

  it.each<[string, RequestCommand[]]>([
    ['resolved', [{ type: 'Resolve', data: { outcome: '已清理' } }]],
    [
      'closed',
      [
        { type: 'Resolve', data: { outcome: '已清理' } },
        { type: 'Close', data: {} },
      ],
    ],
    ['paused', [{ type: 'Pause', data: { approver: '王书记', reason: '等配件' } }]],
    ['merged', [mergeInto()]],
  ])('is nothing while it is %s', (_, commands) => {
    const row = rowAfter(
      monday,
      reached,
      accept,
      ...commands.map((command) => say(command, '2026-11-24T10:00')),
    );
    expect([row?.due_at, row?.steps]).toEqual([null, []]);
  });

  it.each<[string, RequestCommand]>([
    ['withdrawn', { type: 'Withdraw', data: { reason: '好了' } }],
    ['excluded', { type: 'Exclude', data: { approver: '王书记', reason: '不在本社区' } }],
  ])('is forgotten once it is %s', (_, command) =>
    expect(rowAfter(monday, say(command, '2026-11-24T10:00'))).toBeUndefined(),
  );

  it('moves with a pause, and with a category that has more time', () => {
    const pause = say({ type: 'Pause', data: { approver: '王书记', reason: '等配件' } }, '2026-11-24T10:00');
    const resume = say({ type: 'Resume', data: {} }, '2026-11-26T10:00');
    expect(steps(rowAfter(monday, reached, accept, pause, resume))?.[0]).toBe(
      'resolution warn 2026-12-03 10:00',
    );
    const complex = say({ type: 'Recategorise', data: { category: '加装电梯' } }, '2026-11-24T10:00');
    expect(steps(rowAfter(monday, reached, accept, complex))?.[0]).toBe('resolution warn 2026-12-10 10:00');
  });

  it('begins anew with a reopening, and comes back after unmerging', () => {
    const resolve = say({ type: 'Resolve', data: { outcome: '已清理' } }, '2026-11-24T10:00');
    const reopen = say({ type: 'Reopen', data: { reason: '又结冰了' } }, '2026-11-25T10:00');
    expect(steps(rowAfter(monday, reached, accept, resolve, reopen))?.slice(0, 3)).toEqual([
      'acceptance warn 2026-11-26 06:00',
      'acceptance escalate community 2026-11-26 10:00',
      'resolution warn 2026-12-03 10:00',
    ]);
    const unmerge = say({ type: 'Unmerge', data: { reason: '不是一处', callbacks: [] } }, '2026-11-25T10:00');
    expect(steps(rowAfter(monday, reached, accept, say(mergeInto(), '2026-11-24T10:00'), unmerge))).toEqual(
      resolution,
    );
  });

  it('calls nobody who was called by hand', () => {
    const escalate = say({ type: 'Escalate', data: { to: 'community', reason: '急' } }, '2026-11-23T12:00');
    expect(steps(rowAfter(monday, escalate))).toEqual(
      [...dispatch, ...resolution].filter((step) => !step.includes('escalate')),
    );
  });

  it('is told of deadlines from before there were steps once they are counted again, as the request stands then', () => {
    const old = [
      monday,
      reached,
      accept,
      say({ type: 'Escalate', data: { to: 'community', reason: '急' } }, '2026-11-23T12:00'),
    ].reduce((life, one) => tell(life, one, stepless), nothing);
    expect([old.row?.due_at, old.row?.steps]).toEqual([null, []]);
    const recount = say({ type: 'RecomputeDeadlines', data: {} }, '2026-11-24T10:00');
    expect(steps(tell(old, recount).row)).toEqual(resolution.filter((step) => !step.includes('escalate')));
    const pause = say({ type: 'Pause', data: { approver: '王书记', reason: '等配件' } }, '2026-11-24T09:00');
    expect(steps(tell(tell(old, pause), recount).row)).toEqual([]);
  });

  it('waits where it was written down late, so that the rest can be told; nothing overtakes it', () => {
    const row = rowAfter([log, '2026-11-23T10:00', '2026-12-02T09:55']);
    expect(row?.steps.map(({ from }) => from)).toEqual([
      ...Array(5).fill(new Date(Date.parse(utc('2026-12-02T09:55')) + settling).toISOString()),
      utc('2026-12-02T10:05'),
      utc('2026-12-03T10:00'),
      utc('2026-12-07T10:00'),
    ]);
  });

  it('does not hang on what changes no deadline', () => {
    const before = rowAfter(monday);
    for (const type of [
      'RequestLogged',
      'LeadTransferred',
      'ProgressRecorded',
      'CallbackRecorded',
    ] as const) {
      expect(dueProjection.evolve[type](before, {} as never)).toBe(before);
    }
    for (const type of [
      'ResidentUnreachable',
      'Recategorised',
      'Corrected',
      'TookIn',
      'GaveBack',
      'Split',
    ] as const) {
      expect(dueProjection.evolve[type](before, {} as never)).toBe(before);
    }
  });
});

function mergeInto(): RequestCommand {
  const target = { status: 'logged', district: '海淀区', partOf: null, mergedInto: null } as const;
  return { type: 'MergeInto', data: { into: 'YFXJ-261122-M4YBZ', target, reason: '同一处' } };
}
