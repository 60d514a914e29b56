import * as fc from 'fast-check';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { type EventToAppend, InMemoryStreams, type Metadata, Rejection, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { InMemoryFeed } from '#read-store';
import { type RequestCommand, type RequestEvent, requestDecider, requestStream } from '#requests';
import { WhenCountedThenEscalate } from '../escalation/when-counted-then-escalate.js';
import { RequestHandler } from '../request/request.handler.js';
import { WhenMergedThenTheOtherFollows } from '../request/when-merged-then-the-other-follows.policy.js';
import { WhenSplitThenLogTheParts } from '../request/when-split-then-log-the-parts.policy.js';
import { TermsDirectory } from '../policy/terms.directory.js';
import { Consequence } from './consequence.js';
import { Policies } from './policies.js';
import { PolicyProgress } from './policy.progress.js';

/** What a process had appended when it died: the rest is the policies' to do. */
class Log extends InMemoryStreams {
  private readonly feed = new InMemoryFeed(this.all);
  readonly subscribe = this.feed.subscribe.bind(this.feed);

  override async append(...[stream, expected, events]: Parameters<InMemoryStreams['append']>) {
    const appended = await super.append(stream, expected, events);
    this.feed.add();
    return appended;
  }
}

const [one, other, part] = ['YFXJ-261122-7K3QQ', 'YFXJ-261122-M4YBZ', 'YFXJ-261122-0Q5RT'];
const resident = { name: '王桂兰', phone: '13800000000', flat: '501' };
const station = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone: 'Asia/Shanghai',
};
const log = (requestId: string): RequestCommand => ({
  type: 'LogRequest',
  data: { requestId, station, summary: '楼前结冰', channel: 'walk-in', resident },
});
const mergeInto = (into: string): RequestCommand => ({
  type: 'MergeInto',
  data: {
    into,
    target: { status: 'logged', district: '海淀区', partOf: null, mergedInto: null },
    reason: '同一处',
  },
});
const unmerge: RequestCommand = { type: 'Unmerge', data: { reason: '不是一处', callbacks: [] } };
const takeIn: RequestCommand = { type: 'TakeIn', data: { request: one, resident, callbacks: 0 } };
const split: RequestCommand = {
  type: 'Split',
  data: {
    reason: '各管一段',
    parts: [{ requestId: part, summary: '西侧', details: null, category: '道路' }],
  },
};

const all = [one, other, part];
const request = fc.constantFrom(...all);
/** Something a caller says, or a late word of a process that had been asleep. */
const saying = fc.record({
  id: request,
  command: fc.oneof(
    fc.record({ into: request, stale: fc.boolean() }).map(({ into, stale }): RequestCommand => {
      const merging = mergeInto(into) as Extract<RequestCommand, { type: 'MergeInto' }>;
      return { ...merging, data: { ...merging.data, ...(stale && { reason: 'stale' }) } };
    }),
    fc.constant(unmerge),
    request.map((from): RequestCommand => ({
      type: 'TakeIn',
      data: { request: from, resident, callbacks: 0 },
    })),
    request.map((from): RequestCommand => ({ type: 'GiveBack', data: { request: from } })),
    fc.constant<RequestCommand>({ type: 'Withdraw', data: { reason: '化了' } }),
  ),
});

describe('what a crash left half done', () => {
  let store: Log;
  let running: { close: () => Promise<void> }[];
  let told = 0;

  beforeEach(async () => {
    store = new Log();
    running = [];
    await say(one, log(one));
    await say(other, log(other));
  });
  afterEach(() => Promise.all(running.map((policies) => policies.close())));

  async function say(id: string, command: RequestCommand): Promise<void> {
    const history = await store.read<RequestEvent>(requestStream(id));
    const events = requestDecider.decide(command, fold(requestDecider, history));
    told += 1;
    const metadata: Metadata = {
      $correlationId: `conversation ${told}`,
      $causationId: `key ${told}`,
      actor: { subject: 'zls', name: '张连生', role: 'volunteer' },
      schema: 1,
      commandHash: `hash ${told}`,
    };
    const stored = events.map((event, index): EventToAppend => ({
      ...event,
      id: `event-${told}-${index}`,
      metadata,
    }));
    await store.append(requestStream(id), history.at(-1)?.revision ?? 'no_stream', stored);
  }

  async function start(): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: EventStore, useValue: store },
        RequestHandler,
        Consequence,
        PolicyProgress,
        TermsDirectory,
        WhenMergedThenTheOtherFollows,
        WhenSplitThenLogTheParts,
        WhenCountedThenEscalate,
        Policies,
      ],
    }).compile();
    running.push(await module.init());
  }

  const stateOf = async (id: string) =>
    fold(requestDecider, await store.read<RequestEvent>(requestStream(id)));

  // As the handler gathers them; in a race they may be old by the time it is decided.
  async function withFacts(command: RequestCommand): Promise<RequestCommand> {
    if (command.type !== 'MergeInto') return command;
    const { status, district, partOf, mergedInto } = await stateOf(command.data.into);
    const target =
      command.data.reason === 'stale' ? command.data.target : { status, district, partOf, mergedInto };
    return { ...command, data: { ...command.data, target } };
  }

  const types = async (id: string) => (await store.read(requestStream(id))).map(({ type }) => type);

  /** Until nothing was appended for a while. */
  async function settled(): Promise<void> {
    for (let before = -1; before !== store.all.length;) {
      before = store.all.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('is finished: the other request takes in what was merged into it, in the name of whoever did that', async () => {
    await say(one, mergeInto(other));
    await start();
    await settled();
    expect(await types(other)).toEqual(['RequestLogged', 'TookIn']);
    const [merged, tookIn] = [
      (await store.read(requestStream(one))).at(-1),
      (await store.read(requestStream(other))).at(-1),
    ];
    expect(tookIn?.data).toEqual({ request: one, resident, callbacks: 0 });
    expect(tookIn?.metadata).toMatchObject({
      actor: merged?.metadata.actor,
      $correlationId: merged?.metadata.$correlationId,
      $causationId: `${merged?.id}/TakeIn`,
    });
  });

  it('is finished while the log is followed as well', async () => {
    await start();
    await say(one, mergeInto(other));
    await settled();
    expect(await types(other)).toEqual(['RequestLogged', 'TookIn']);
  });

  it('is finished once, by however many processes, however often they start', async () => {
    await say(one, mergeInto(other));
    await say(other, split);
    await Promise.all([start(), start(), start()]);
    await settled();
    await start();
    await settled();
    expect(await types(other)).toEqual(['RequestLogged', 'Split', 'TookIn']);
    expect(await types(part)).toEqual(['RequestLogged', ...Array(3).fill('DeadlineSet')]);
  });

  it('is given back where it was unmerged before the other one heard of it', async () => {
    await say(one, mergeInto(other));
    await say(one, unmerge);
    await say(other, takeIn); // by a process that had been asleep
    await start();
    await settled();
    expect(await types(other)).toEqual(['RequestLogged', 'TookIn', 'GaveBack']);
  });

  it('brings back the callback that was recorded while the request was being unmerged, once', async () => {
    await say(one, mergeInto(other));
    await say(other, takeIn);
    await say(other, { type: 'Assign', data: { to: { id: 'wuye', kind: 'property', name: '永丰物业' } } });
    await say(other, { type: 'Resolve', data: { outcome: '已清理' } });
    const call = { contacted: true, resolved: 'yes', satisfied: 'mostly', note: '谢谢' } as const;
    const at = '2026-11-22T04:00:00.000Z';
    // Unmerging has gathered that there are none; now this comes in between.
    await say(other, { type: 'RecordCallback', data: { ...call, at, caller: one } });
    await say(one, unmerge);
    await Promise.all([start(), start()]);
    await settled();
    expect((await types(other)).at(-1)).toBe('GaveBack');
    expect(await types(one)).toEqual(['RequestLogged', 'Merged', 'Unmerged', 'CallbackRecorded']);
    const [last] = (await store.read(requestStream(one))).slice(-1);
    expect(last?.data).toEqual({ attempt: 1, ...call, at, from: other });
    const late = { type: 'RecordCallback', data: { ...call, at: '2026-11-22T05:00:00.000Z', caller: one } };
    await expect(say(other, late as RequestCommand)).rejects.toMatchObject({ reason: 'unknown-caller' });
    await start();
    await settled();
    expect((await stateOf(one)).callbacks).toBe(1);
  });

  it('is taken in again where a late word gave it back', async () => {
    await say(one, mergeInto(other));
    await say(other, takeIn);
    await say(other, { type: 'GiveBack', data: { request: one } });
    await start();
    await settled();
    expect((await types(other)).at(-1)).toBe('TookIn');
    expect((await stateOf(other)).takenIn).toEqual({ [one]: 0 });
  });

  it('is undone where the other one has ended in the meantime', async () => {
    await say(one, mergeInto(other));
    await say(other, { type: 'Withdraw', data: { reason: '化了' } });
    await start();
    await settled();
    expect(await types(other)).toEqual(['RequestLogged', 'Withdrawn']);
    const last = (await store.read(requestStream(one))).at(-1);
    expect([last?.type, last?.data]).toMatchObject([
      'Unmerged',
      { from: other, backTo: 'logged', trigger: 'turned-away', reason: 'request-withdrawn' },
    ]);
  });

  it('is undone on at least one side where two were merged into each other at once', async () => {
    await say(one, mergeInto(other));
    await say(other, mergeInto(one));
    await start();
    await settled();
    const [first, second] = await Promise.all([one, other].map(stateOf));
    expect([first?.mergedInto, second?.mergedInto]).toContain(null);
    expect(Object.keys(first?.takenIn ?? {})).toEqual(second?.mergedInto === one ? [other] : []);
    expect(Object.keys(second?.takenIn ?? {})).toEqual(first?.mergedInto === other ? [one] : []);
  });

  it('ends with both sides agreeing, whatever was said in whatever order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(saying, { minLength: 1, maxLength: 12 }), async (sayings) => {
        store = new Log();
        for (const id of all) await say(id, log(id));
        for (const { id, command } of sayings) {
          await say(id, await withFacts(command)).catch((error: unknown) => {
            if (!(error instanceof Rejection)) throw error;
          });
        }
        await start();
        await settled();
        await running.pop()?.close();
        const states = new Map(await Promise.all(all.map(async (id) => [id, await stateOf(id)] as const)));
        for (const [id, { mergedInto, takenIn }] of states) {
          if (mergedInto !== null) expect(states.get(mergedInto)?.mergedInto).toBeNull();
          const merged = all.filter((other) => states.get(other)?.mergedInto === id);
          expect(Object.keys(takenIn).sort()).toEqual(merged.sort());
        }
      }),
      { numRuns: 25 },
    ));

  it('of a split are the parts, with everything of their parent but what they are about', async () => {
    await say(one, split);
    await start();
    await settled();
    expect(await types(part)).toEqual(['RequestLogged', ...Array(3).fill('DeadlineSet')]);
    expect((await store.read(requestStream(part)))[0]?.data).toMatchObject({
      requestId: part,
      partOf: one,
      summary: '西侧',
      category: '道路',
      resident,
      station,
    });
  });

  it('is gone on with from where it had come, some events back at most', async () => {
    const progress = new PolicyProgress(store as unknown as EventStore);
    expect(await progress.read()).toBeUndefined();
    await progress.reached(1_500n);
    await progress.reached(1_900n); // not worth an event
    await progress.reached(2_600n);
    expect(await new PolicyProgress(store as unknown as EventStore).read()).toBe(2_600n);
    expect(await store.read('reaction-requests')).toHaveLength(2);
  });
});
