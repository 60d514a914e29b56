import * as fc from 'fast-check';
import { shippedCalendar } from '#calendar';
import { Rejection, fold } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import type { CommandOf, RequestCommand } from './request.commands.js';
import { requestDecider, requestRejections } from './request.decider.js';
import type { Terms } from './request.deadlines.js';
import {
  type RequestEvent,
  channels,
  levels,
  resolvedAnswers,
  satisfiedAnswers,
  statuses,
} from './request.events.js';
import { committee, contractor, property, sampleCommands, station, volunteer } from './request.samples.js';
import type { RequestState } from './request.state.js';

// As JSON.parse makes them, with a prototype.
const plain = <Model>(model: { [Key in keyof Model]: fc.Arbitrary<Model[Key]> }) =>
  fc.record<Model>(model, { noNullPrototype: true });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const handler = fc.constantFrom(property, contractor, committee, volunteer);
const by = fc.option(
  handler.map(({ id }) => id),
  { nil: undefined, freq: 1 },
);
const words = fc.constantFrom('一', '二', '三');
const text = maybe(words);
const fact = fc.option(words, { nil: null });
const place = plain({ building: fact, unit: fact });
const resident = fc.option(plain({ name: fact, phone: fact, flat: fact }), { nil: null });
const at = fc.constantFrom('2026-11-22T01:30:00.000Z', '2026-11-22T02:00:00.000Z');
const other = fc.constantFrom('YFXJ-261122-7K3QQ', 'YFXJ-261122-M4YBZ', 'ZGC2-261122-0Q5RT');
const openParts = maybe(fc.subarray(['YFXJ-261122-7K3QQ', 'YFXJ-261122-M4YBZ', 'ZGC2-261122-0Q5RT']));
const [, ...higher] = levels;

const stepDue = fc.record({ kind: fc.constant('resolution' as const), begunAt: at, dueAt: at, now: at });

type Data = { [Type in RequestCommand['type']]: fc.Arbitrary<CommandOf<Type>['data']> };
// A new command does not compile until it stands here, too.
const made = fc.array(
  plain({
    attempt: fc.integer({ min: 1, max: 9 }),
    contacted: fc.boolean(),
    contactedByUnit: fc.boolean(),
    resolved: fc.option(fc.constantFrom(...resolvedAnswers), { nil: null }),
    satisfied: fc.option(fc.constantFrom(...satisfiedAnswers), { nil: null }),
    note: fact,
    at,
  }),
  { maxLength: 2 },
);
const data: Data = {
  LogRequest: fc.record({
    requestId: fc.constant('YFXJ-261122-7K3QQ'),
    station: fc.constant(station),
    summary: words,
    details: text,
    category: text,
    place: maybe(place),
    resident: maybe(resident.map((some) => some ?? { name: null, phone: null, flat: null })),
    channel: fc.constantFrom(...channels),
  }),
  Assign: fc.record({
    to: handler,
    helpers: maybe(fc.array(handler, { maxLength: 2 })),
    note: text,
    makeLead: maybe(fc.boolean()),
    leadFrom: by,
  }),
  Accept: fc.record({ by }),
  Return: fc.record({ by, reason: words }),
  Claim: fc.record({ by: handler }),
  RecordProgress: fc.record({ by, note: words, at }),
  ContactResident: fc.record({
    by,
    reached: fc.boolean(),
    channel: fc.constantFrom(...channels),
    note: text,
    at,
  }),
  Resolve: fc.record({ by, outcome: words, openParts, evenThough: text }),
  EscalateByRule: fc.record({
    rule: fc.constantFrom('third-return' as const, 'third-reopening' as const),
    count: fc.constantFrom(3, 6),
  }),
  Warn: stepDue,
  Supervise: stepDue.map((due) => ({ ...due, to: 'street' as const })),
  RecordCallback: fc.record({
    contacted: fc.boolean(),
    contactedByUnit: maybe(fc.boolean()),
    resolved: maybe(fc.constantFrom(...resolvedAnswers)),
    satisfied: maybe(fc.constantFrom(...satisfiedAnswers)),
    note: text,
    at,
    caller: fc.option(other, { nil: undefined, freq: 1 }),
  }),
  Close: fc.record({ note: text, openParts, evenThough: text }),
  Reopen: fc.record({ reason: words }),
  Escalate: fc.record({ to: fc.constantFrom(...higher), reason: words }),
  Pause: fc.record({ approver: words, reason: words }),
  Resume: fc.record({ note: text }),
  RecomputeDeadlines: fc.constant({}),
  Recategorise: fc.record({ category: words, reason: text }),
  Correct: fc.record({
    changes: fc.record(
      { summary: maybe(words), details: maybe(fact), place: maybe(place), resident: maybe(resident) },
      { requiredKeys: [], noNullPrototype: true },
    ) as unknown as fc.Arbitrary<CommandOf<'Correct'>['data']['changes']>,
    reason: words,
  }),
  MergeInto: fc.record({
    into: other,
    target: fc.record({
      status: fc.constantFrom(...statuses),
      district: fc.constantFrom(station.district, station.district, '朝阳区'),
      partOf: fc.option(other, { freq: 1 }),
      mergedInto: fc.option(other, { freq: 1 }),
    }),
    reason: words,
  }),
  Unmerge: fc.record({
    reason: words,
    trigger: maybe(fc.constantFrom('hand', 'turned-away')),
    callbacks: made,
  }),
  TakeIn: fc.record({ request: other, resident, callbacks: fc.nat(2) }),
  GiveBack: fc.record({ request: other }),
  BringBack: fc.record({ from: other, callbacks: made }),
  Split: fc.record({
    reason: words,
    parts: fc.array(plain({ requestId: other, summary: words, details: fact, category: fact }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  Withdraw: fc.record({ reason: words, openParts }),
  Exclude: fc.record({ approver: words, reason: words, openParts }),
};

// Some commands come more often, the ends rarely: else a third return or reopening would hardly happen.
const often: Partial<Record<string, number>> = {
  Assign: 20,
  Return: 20,
  Resolve: 12,
  Reopen: 12,
  RecordCallback: 12,
  Unmerge: 12,
  Withdraw: 1,
  Exclude: 1,
};
// A policy that gives residents up at once: else hardly anybody would be unreachable.
const callbacks = { attempts: 1 };
const hasty: Terms = {
  at: '2026-11-22T02:00:00.000Z',
  policy: { name: '海淀区@1', policy: { ...shippedPolicy, callbacks } },
  calendar: shippedCalendar,
};
const termsOf: Partial<Record<string, { terms: Terms }>> = { RecordCallback: { terms: hasty } };
const command = fc.oneof(
  ...(Object.keys(data) as RequestCommand['type'][]).map((type) => ({
    arbitrary: data[type].map((some) => ({ type, data: some, ...termsOf[type] }) as RequestCommand),
    weight: often[type] ?? 4,
  })),
);
const rest = fc.array(command, { maxLength: 60, size: 'max' });
const life = rest.map((commands) => [sampleCommands.LogRequest, ...commands]);

type Step = { command: RequestCommand; before: RequestState; events: RequestEvent[]; after: RequestState };

/** What becomes of the commands one after the other; refused ones leave no step. */
function live(commands: RequestCommand[], refused: (error: unknown) => void = () => undefined): Step[] {
  const steps: Step[] = [];
  let before = requestDecider.initialState;
  for (const command of commands) {
    try {
      const events = requestDecider.decide(command, before);
      const after = events.reduce(requestDecider.evolve, before);
      steps.push({ command, before, events, after });
      before = after;
    } catch (error) {
      refused(error);
    }
  }
  return steps;
}

const always = (holds: (commands: RequestCommand[]) => void) =>
  fc.assert(fc.property(life, holds), { numRuns: 500 });
const eventsOf = (steps: Step[]) => steps.flatMap(({ events }) => events);

describe('whatever is asked of a request', () => {
  it('leads to every kind of event, so that the rest says something', () => {
    const events = fc
      .sample(life, { numRuns: 2_000, seed: 1 })
      .flatMap((commands) => eventsOf(live(commands)));
    const kinds = events.map((event) => (event.type === 'Escalated' ? event.data.trigger : event.type));
    expect(new Set(kinds).size).toBe(24 + 3);
  });

  it('is refused for a reason that is known, and for nothing else', () =>
    always((commands) => {
      live(commands, (error) => {
        expect(error).toBeInstanceOf(Rejection);
        expect(requestRejections).toContain((error as Rejection).reason);
      });
    }));

  it('is in effect as soon as it was carried out', () =>
    always((commands) => {
      for (const { command, after } of live(commands))
        expect(requestDecider.decide(command, after)).toEqual([]);
    }));

  it('is stored as JSON and comes back the same', () =>
    always((commands) => {
      const events = eventsOf(live(commands));
      const stored = JSON.parse(JSON.stringify(events)) as RequestEvent[];
      expect(stored).toStrictEqual(events);
      expect(fold(requestDecider, stored)).toStrictEqual(fold(requestDecider, events));
    }));

  it('leaves nobody leading until somebody accepts, and from then on one lead who passes it on or keeps it', () =>
    always((commands) => {
      let lead: string | undefined;
      for (const event of replay(eventsOf(live(commands)))) {
        if (event.type === 'Accepted' || event.type === 'Claimed') lead ??= event.data.by.id;
        if (event.type === 'LeadTransferred') {
          expect(event.data.from.id).toBe(lead);
          expect(event.data.to.id).not.toBe(lead);
          lead = event.data.to.id;
        }
        expect(event.lead?.id).toBe(lead);
      }
    }));

  it('never climbs down and never skips a level', () =>
    always((commands) => {
      for (const { before, after } of live(commands)) {
        expect([0, 1]).toContain(levels.indexOf(after.level) - levels.indexOf(before.level));
      }
    }));
});

describe('whatever is asked of a request that may be merged and split', () => {
  it('changes its lead by the explicit command and by nothing else', () =>
    always((commands) => {
      for (const { command, before, after } of live(commands)) {
        if (before.lead === null || after.lead?.id === before.lead.id) continue;
        expect(command).toMatchObject({ type: 'Assign', data: { makeLead: true } });
      }
    }));

  it('brings back after unmerging what stood before merging', () =>
    always((commands) => {
      let merging: Step | undefined;
      for (const step of live(commands)) {
        if (step.events[0]?.type === 'Merged') merging = step;
        if (step.events[0]?.type !== 'Unmerged') continue;
        const { callbacks } = step.events[0].data;
        expect(step.after).toEqual({
          ...merging?.before,
          takenIn: step.after.takenIn, // what others merged into it may be given back in the meantime
          callbacks: (merging?.before.callbacks ?? 0) + callbacks.length,
          attemptsElsewhere: step.after.callbacks,
          unmergedFrom: step.before.mergedInto,
        });
      }
    }));

  it('is taken in by nobody once it has taken others in, and has no parts of parts', () =>
    always((commands) => {
      for (const { before, events } of live(commands)) {
        if (!events.some(({ type }) => type === 'Merged')) continue;
        expect(Object.keys(before.takenIn)).toEqual([]);
        expect([before.parts, before.partOf]).toEqual([[], null]);
      }
    }));

  it('ends over open parts only where somebody says why', () =>
    always((commands) => {
      for (const { command, before, events } of live(commands)) {
        const ended = events.find(({ type }) =>
          ['Resolved', 'Closed', 'Withdrawn', 'Excluded'].includes(type),
        );
        if (!ended || !('openParts' in command.data)) continue;
        const { openParts } = command.data;
        const open = before.parts.filter(({ requestId }) => openParts?.includes(requestId) ?? true);
        expect('evenThough' in ended.data).toBe(open.length > 0);
      }
    }));
});

describe('whatever history says', () => {
  const lived = life.map((commands) => eventsOf(live(commands)));

  it('is told to the end, even in an order that no decider wrote', () =>
    fc.assert(
      fc.property(
        lived.chain((events) => fc.shuffledSubarray(events)),
        (events) => {
          expect(() => fold(requestDecider, events)).not.toThrow();
        },
      ),
    ));
});

function* replay(events: RequestEvent[]): Iterable<RequestEvent & { lead: RequestState['lead'] }> {
  let state = requestDecider.initialState;
  for (const event of events) {
    state = requestDecider.evolve(state, event);
    yield { ...event, lead: state.lead };
  }
}
