import { fold, specification } from '#event-sourcing';
import { standing } from './request.allowed.js';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
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
