import { shippedCalendar } from '#calendar';
import { fold, specification } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import { standing } from './request.allowed.js';
import type { RequestCommand } from './request.commands.js';
import { type Terms, resolutionClock } from './request.deadlines.js';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import { unlogged } from './request.state.js';
import {
  accepted,
  assigned,
  histories,
  logged,
  part,
  property,
  sampleCommands,
  split,
} from './request.samples.js';

const given = specification(requestDecider);
const open = ['logged', 'returned', 'assigned', 'accepted', 'reopened'] as const;
const second = { ...part, requestId: 'YFXJ-261122-Z9X2K', summary: '5号楼东侧结冰' };
const asPart = { ...logged, data: { ...logged.data, partOf: 'YFXJ-261122-M4YBZ' } } as RequestEvent;
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const terms = (local: string): Terms => ({
  at: utc(local),
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});
const due = (history: RequestEvent[]) =>
  Object.values(fold(requestDecider, history).deadlines).map(({ kind, dueAt }) => [kind, dueAt]);
const evenThough = { parts: [part.requestId], reason: '东侧下周再清' };

describe('splitting', () => {
  it.each(open)('names the parts while the request is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.Split)
      .thenEmits(split),
  );

  it.each(['resolved', 'closed', 'merged', 'withdrawn', 'excluded'] as const)(
    'is refused once the request is %s',
    (status) =>
      given(...histories[status])
        .when(sampleCommands.Split)
        .thenRejected(`request-${status}`),
  );

  it('into the same words again makes no second part, whatever number it would get', () =>
    given(logged, split)
      .when({ type: 'Split', data: { reason: '再分', parts: [{ ...part, requestId: 'YFXJ-261122-00000' }] } })
      .thenNothing());

  it('further adds what is new', () =>
    given(logged, split)
      .when({ type: 'Split', data: { reason: '还有东侧', parts: [part, second] } })
      .thenEmits({ type: 'Split', data: { reason: '还有东侧', parts: [second] } }));

  it('a part is refused', () =>
    given(asPart).when(sampleCommands.Split).thenRejected('part-cannot-be-split'));

  it('is known to the part from its first event', () =>
    given()
      .when({ type: 'LogRequest', data: { ...sampleCommands.LogRequest.data, partOf: 'YFXJ-261122-M4YBZ' } })
      .thenEmits(asPart));
});

const live = (...steps: [RequestCommand, string][]) =>
  steps.reduce<RequestEvent[]>((history, [command, at]) => {
    const termed = { ...command, terms: terms(at) };
    return [...history, ...requestDecider.decide(termed, fold(requestDecider, history))];
  }, []);
const asked: [RequestCommand, string] = [sampleCommands.LogRequest, '2026-11-02T10:00'];

/** What is split on a Monday, after the parent has lived so. */
function partOf(...parent: [RequestCommand, string][]): [RequestCommand, string] {
  const at = '2026-11-09T10:00';
  const clock = resolutionClock(fold(requestDecider, live(...parent)), utc(at));
  const data = { ...sampleCommands.LogRequest.data, partOf: 'YFXJ-261122-M4YBZ', resolutionClock: clock };
  return [{ type: 'LogRequest', data }, at];
}

describe('the clock of a part', () => {
  it('goes on where the parent’s began; taking it and speaking to the resident have their own time', () =>
    expect(due(live(partOf(asked)))).toEqual([
      ['acceptance', utc('2026-11-10T10:00')],
      ['first-contact', utc('2026-11-10T10:00')],
      ['resolution', utc('2026-11-11T10:00')],
    ]));

  it('stood still when the parent’s did, also when it is counted again', () => {
    const paused: [RequestCommand, string] = [sampleCommands.Pause, '2026-11-04T10:00'];
    const resumed: [RequestCommand, string] = [sampleCommands.Resume, '2026-11-05T10:00'];
    const moved = ['resolution', utc('2026-11-12T10:00')];
    expect(due(live(partOf(asked, paused, resumed)))).toContainEqual(moved);
    const again: [RequestCommand, string] = [sampleCommands.Recategorise, '2026-11-09T11:00'];
    const complex = { ...again[0], data: { category: '加装电梯' } } as RequestCommand;
    expect(due(live(partOf(asked, paused, resumed), [complex, again[1]]))).toContainEqual([
      'resolution',
      utc('2026-11-24T10:00'),
    ]);
    // Until it is split off, where the parent has not gone on.
    expect(due(live(partOf(asked, paused)))).toContainEqual(['resolution', utc('2026-11-16T10:00')]);
  });

  it('begins with it where nothing counts the parent’s', () => {
    const { data } = sampleCommands.LogRequest;
    const deadlines = [{ kind: 'resolution' as const, dueAt: utc('2026-11-05T00:00') }];
    const imported = requestDecider.decide({ type: 'LogRequest', data: { ...data, deadlines } }, unlogged);
    expect(resolutionClock(fold(requestDecider, imported), utc('2026-11-09T10:00'))).toBeUndefined();
    expect(due(live([sampleCommands.LogRequest, '2026-11-09T10:00']))).toContainEqual([
      'resolution',
      utc('2026-11-18T10:00'),
    ]);
  });
});

describe('a parent with open parts', () => {
  const parent = [logged, assigned, accepted, split];
  const resolved: RequestEvent = { type: 'Resolved', data: { by: property, outcome: '物业已清理' } };

  it.each(['Resolve', 'Withdraw', 'Exclude'] as const)('refuses to %s', (type) => {
    const command = sampleCommands[type];
    given(...parent)
      .when({ ...command, data: { ...command.data, openParts: [part.requestId] } } as typeof command)
      .thenRejected('parts-open');
    expect(() => requestDecider.decide(command, fold(requestDecider, parent))).toThrow(
      expect.objectContaining({
        details: { ...standing('accepted'), parts: [part.requestId] },
      }) as Error,
    );
  });

  it('does not close over them, even when it was resolved over them', () =>
    given(...parent, resolved)
      .when({ type: 'Close', data: { openParts: [part.requestId] } })
      .thenRejected('parts-open'));

  it('takes all parts for open where nobody looked', () =>
    given(...parent)
      .when(sampleCommands.Resolve)
      .thenRejected('parts-open'));

  it('is resolved and closed even though, with the parts and the reason on record', () => {
    given(...parent)
      .when({
        type: 'Resolve',
        data: { outcome: '物业已清理', openParts: [part.requestId], evenThough: evenThough.reason },
      })
      .thenEmits({ type: 'Resolved', data: { ...resolved.data, evenThough } } as RequestEvent);
    given(...parent, resolved)
      .when({ type: 'Close', data: { openParts: [part.requestId], evenThough: evenThough.reason } })
      .thenEmits({ type: 'Closed', data: { note: null, evenThough } });
  });

  it('is resolved as ever once they are done, and has nothing to excuse', () =>
    given(...parent)
      .when({ type: 'Resolve', data: { outcome: '物业已清理', openParts: [], evenThough: '无妨' } })
      .thenEmits(resolved));
});
