import { shippedCalendar } from '#calendar';
import { fold } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import type { RequestCommand } from './request.commands.js';
import { deadlineCourses } from './request.deadline-courses.js';
import { requestDecider } from './request.decider.js';
import { type Terms, movedBy, pausesOf } from './request.deadlines.js';
import type { Moved, RequestEvent } from './request.events.js';
import { merged, other, sampleCommands as say } from './request.samples.js';

const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const terms = (local: string): Terms => ({
  at: utc(local),
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});

type Step = [RequestCommand, string];
function live(...steps: Step[]): RequestEvent[] {
  const history: RequestEvent[] = [];
  for (const [command, when] of steps)
    history.push(...requestDecider.decide({ ...command, terms: terms(when) }, fold(requestDecider, history)));
  return history;
}

/** What a request of a category that was logged at a local time brings along when it is merged at another. */
function brought(category: string, loggedAt: string, mergedAt: string, ...before: Step[]): Moved | undefined {
  const { LogRequest: log, MergeInto: merge } = say;
  const history = live([{ ...log, data: { ...log.data, category } } as RequestCommand, loggedAt], ...before, [
    merge,
    mergedAt,
  ]);
  return movedBy(fold(requestDecider, history), terms(mergedAt));
}

const takeIn = (moved?: Moved): RequestCommand => ({
  type: 'TakeIn',
  data: { request: other, resident: null, callbacks: 0, moved },
});
const giveBack: RequestCommand = { type: 'GiveBack', data: { request: other } };

/** The last deadlines of the kinds, those that moved marked, in the station's zone. */
function inForce(...steps: Step[]): Record<string, string> {
  const { deadlines } = fold(requestDecider, live(...steps));
  return Object.fromEntries(
    Object.values(deadlines).map(({ kind, dueAt, derivation }) => [
      kind,
      `${local(dueAt)}${derivation.request === other ? ' moved' : ''}`,
    ]),
  );
}
const local = (instant: string | null): string =>
  instant === null
    ? 'none'
    : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

const logged: Step = [say.LogRequest, '2026-11-23T10:00'];
const own = { acceptance: '11-24 10:00', 'first-contact': '11-24 10:00', resolution: '12-02 10:00' };
const heating = brought('供热', '2026-11-23T09:00', '2026-11-23T11:00');

describe('the deadlines of a request that is merged', () => {
  it('move to the other one where they are earlier', () =>
    expect(inForce(logged, [takeIn(heating), '2026-11-23T11:00'])).toEqual({
      acceptance: '11-23 11:00 moved',
      'first-contact': '11-23 11:00 moved',
      resolution: '11-24 09:00 moved',
    }));

  it('are set with the value that they replace, and their own way of coming about', () => {
    const [took, ...set] = live(logged, [takeIn(heating), '2026-11-23T11:00']).slice(4);
    expect(took).toMatchObject({ type: 'TookIn', data: { request: other, ...heating } });
    expect(set.at(-1)).toMatchObject({
      type: 'DeadlineSet',
      data: {
        kind: 'resolution',
        before: utc('2026-12-02T10:00'),
        derivation: { request: other, class: 'utilities', from: utc('2026-11-23T09:00'), pauses: [] },
      },
    });
  });

  it('stay away where they are later', () => {
    const later = brought('其他', '2026-11-23T10:30', '2026-11-23T11:00');
    expect(
      live(logged, [takeIn(later), '2026-11-23T11:00'])
        .slice(4)
        .map(({ type }) => type),
    ).toEqual(['TookIn']);
  });

  it('come back with it: then the other one has its own again', () => {
    const steps: Step[] = [logged, [takeIn(heating), '2026-11-23T11:00'], [giveBack, '2026-11-23T12:00']];
    expect(inForce(...steps)).toEqual(own);
  });

  it('stand still while the other one does, and keep what they stood still before', () => {
    const paused: Step[] = [
      [say.Pause, '2026-11-23T09:30'],
      [say.Resume, '2026-11-23T10:30'],
    ];
    const moved = brought('供热', '2026-11-23T09:00', '2026-11-23T11:00', ...paused);
    const steps: Step[] = [
      logged,
      [say.Pause, '2026-11-23T10:15'],
      [takeIn(moved), '2026-11-23T11:00'],
      [say.Resume, '2026-11-23T13:00'],
    ];
    // 24 hours from nine, an hour before it was merged and two after: the other one's pause counts from then on only.
    expect(inForce(...steps)).toMatchObject({ resolution: '11-24 12:00 moved' });
  });

  it('would run out, if the other one went on now, when they do once it has', () => {
    const paused: Step[] = [logged, [say.Pause, '2026-11-23T10:15'], [takeIn(heating), '2026-11-23T11:00']];
    const from = utc('2026-11-23T09:00');
    const state = fold(requestDecider, live(...paused));
    const told = pausesOf('resolution', { from, request: other }, state, utc('2026-11-23T13:00'));
    expect(told).toEqual([{ from: utc('2026-11-23T11:00'), to: utc('2026-11-23T13:00') }]);
    const resumed = fold(requestDecider, live(...paused, [say.Resume, '2026-11-23T13:00']));
    expect(resumed.deadlines.resolution?.derivation).toMatchObject({ pauses: told });
  });

  it('count no more once the other one has begun a new one of that kind', () => {
    const steps: Step[] = [
      logged,
      [takeIn(heating), '2026-11-23T11:00'],
      [say.Assign, '2026-11-23T11:30'],
      [say.Recategorise, '2026-11-23T11:45'],
    ];
    expect(inForce(...steps)).toMatchObject({
      acceptance: expect.not.stringContaining('moved'),
      resolution: '11-24 09:00 moved',
    });
  });

  it('leave a deadline that a source has given as it was', () => {
    const given = {
      ...say.LogRequest,
      data: {
        ...say.LogRequest.data,
        source: { system: 'elsewhere', key: '1' },
        deadlines: [{ kind: 'resolution', dueAt: utc('2026-11-25T00:00') }],
      },
    } as RequestCommand;
    const before = requestDecider.decide(given, requestDecider.initialState);
    const take = requestDecider.decide(
      { ...takeIn(heating), terms: terms('2026-11-23T11:00') },
      fold(requestDecider, before),
    );
    const after = [...before, ...take];
    expect(fold(requestDecider, after).deadlines.resolution).toMatchObject({
      dueAt: utc('2026-11-24T09:00'),
      before: utc('2026-11-25T00:00'),
    });
    const back = requestDecider.decide(
      { ...giveBack, terms: terms('2026-11-23T12:00') },
      fold(requestDecider, after),
    );
    expect(fold(requestDecider, [...after, ...back]).deadlines.resolution).toMatchObject({
      dueAt: utc('2026-11-25T00:00'),
      derivation: { by: 'source' },
    });
  });

  it('bring none along that was met before', () => {
    const contacted = brought('供热', '2026-11-23T09:00', '2026-11-23T11:00', [
      { ...say.ContactResident, data: { ...say.ContactResident.data, reached: true } } as RequestCommand,
      '2026-11-23T09:15',
    ]);
    expect(contacted?.deadlines.map(({ kind }) => kind)).toEqual(['acceptance', 'resolution']);
  });

  it('are none where it was logged without', () =>
    expect(
      movedBy(
        fold(requestDecider, [...live([say.LogRequest, '2026-11-23T09:00']).slice(0, 1), merged]),
        terms('2026-11-23T11:00'),
      ),
    ).toBeUndefined());

  it('keep what there was before readable', () => {
    const history = live(logged, [takeIn(heating), '2026-11-23T11:00'], [giveBack, '2026-11-23T12:00']);
    const recorded = history.map((event, revision) => ({
      ...event,
      occurredAt: utc('2026-11-23T10:00'),
      revision,
    }));
    const courses = deadlineCourses(recorded as unknown as Parameters<typeof deadlineCourses>[0]);
    expect(courses.at(-1)).toMatchObject({
      earlier: [{ dueAt: utc('2026-12-02T10:00') }, { dueAt: utc('2026-11-24T09:00') }],
      deadline: { dueAt: utc('2026-12-02T10:00') },
    });
  });
});
