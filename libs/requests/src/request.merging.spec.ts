import { fold, specification } from '#event-sourcing';
import type { CommandOf, RequestCommand } from './request.commands.js';
import { allowedCommands } from './request.allowed.js';
import { following } from './request.allowed.js';
import { requestDecider } from './request.decider.js';
import { callbacksFor } from './request.merging.js';
import type { Callback, RequestEvent } from './request.events.js';
import {
  at,
  histories,
  lives,
  logged,
  merged,
  other,
  paused,
  sampleCommands,
  split,
  tookIn,
} from './request.samples.js';

const given = specification(requestDecider);
const open = ['logged', 'returned', 'assigned', 'accepted', 'reopened'] as const;
const ended = ['resolved', 'closed', 'withdrawn', 'excluded'] as const;

const mergeInto = (
  into: string,
  target: Partial<CommandOf<'MergeInto'>['data']['target']> = {},
): CommandOf<'MergeInto'> => {
  const { data } = sampleCommands.MergeInto;
  return { type: 'MergeInto', data: { ...data, into, target: { ...data.target, ...target } } };
};
const unmerged = (more: Partial<Extract<RequestEvent, { type: 'Unmerged' }>['data']> = {}): RequestEvent => ({
  type: 'Unmerged',
  data: { from: other, backTo: 'assigned', reason: '不是一回事', trigger: 'hand', callbacks: [], ...more },
});
const gaveBack: RequestEvent = { type: 'GaveBack', data: { request: other } };

describe('merging', () => {
  it.each(open)('says into which, while the request is %s', (status) =>
    given(...histories[status])
      .when(mergeInto(other))
      .thenEmits(merged),
  );

  it.each(ended)('is refused once the request is %s', (status) =>
    given(...histories[status])
      .when(mergeInto(other))
      .thenRejected(`request-${status}`),
  );

  it('twice into the same one is once, whatever has become of that', () =>
    given(...histories.merged)
      .when(mergeInto(other, { status: 'closed' }))
      .thenNothing());

  it('into a second one needs unmerging first', () =>
    given(...histories.merged)
      .when(mergeInto('YFXJ-261122-Z9X2K'))
      .thenRejected('request-merged'));

  it('into itself is refused', () =>
    given(logged).when(mergeInto('YFXJ-261122-7K3QQ')).thenRejected('merge-into-itself'));

  it('needs another request that there is', () =>
    given(logged)
      .when(mergeInto(other, { status: 'unlogged', district: null }))
      .thenRejected('merge-target-unknown'));

  it.each([...ended, 'merged'] as const)('into one that is %s is refused', (status) =>
    given(logged).when(mergeInto(other, { status })).thenRejected('merge-target-ended'),
  );

  it('across districts is refused: the figures of both would change', () =>
    given(logged)
      .when(mergeInto(other, { district: '朝阳区' }))
      .thenRejected('merge-across-districts'));

  it('is not for parts, on either side', () => {
    given(logged)
      .when(mergeInto(other, { partOf: 'YFXJ-261122-Z9X2K' }))
      .thenRejected('part-cannot-be-merged');
    given({ ...logged, data: { ...logged.data, partOf: other } } as RequestEvent)
      .when(mergeInto('YFXJ-261122-Z9X2K'))
      .thenRejected('part-cannot-be-merged');
  });

  it('is not for what was split', () =>
    given(logged, split).when(mergeInto('YFXJ-261122-Z9X2K')).thenRejected('parent-cannot-be-merged'));

  it('is not for what others were merged into, so that there are no chains', () =>
    given(logged, tookIn).when(mergeInto('YFXJ-261122-Z9X2K')).thenRejected('others-merged-into-it'));

  it('is possible again once they were given back', () =>
    given(logged, tookIn, gaveBack).when(mergeInto(other)).thenEmits(merged));
});

describe('a merged request', () => {
  const told = Object.values(sampleCommands).filter(
    ({ type }) => !['LogRequest', 'MergeInto', 'Unmerge', ...following].includes(type),
  );

  it.each(told)('refuses $type', (command) =>
    given(...histories.merged)
      .when(command)
      .thenRejected('request-merged'),
  );

  it('refuses even what would change nothing', () =>
    given(logged, paused, merged).when(sampleCommands.Pause).thenRejected('request-merged'));

  it('takes nobody in', () =>
    given(...histories.merged)
      .when({ type: 'TakeIn', data: { request: 'YFXJ-261122-Z9X2K', resident: null, callbacks: 0 } })
      .thenRejected('request-merged'));

  it('may be unmerged', () => expect(allowedCommands('merged')).toEqual(['Unmerge']));
});

describe('unmerging', () => {
  it.each(open)('brings back what was %s', (status) => {
    given(...histories[status], merged)
      .when(sampleCommands.Unmerge)
      .thenEmits(unmerged({ backTo: status }));
    expect(fold(requestDecider, [...histories[status], merged, unmerged({ backTo: status })])).toEqual({
      ...fold(requestDecider, histories[status]),
      unmergedFrom: other,
    });
  });

  it('brings the callbacks of the meantime along, and goes on counting there', () => {
    const callback: Callback = {
      attempt: 1,
      contacted: true,
      resolved: 'no',
      satisfied: 'no',
      note: null,
      at,
    };
    given(...histories.merged)
      .when({ type: 'Unmerge', data: { reason: '不是一回事', callbacks: [callback] } })
      .thenEmits(unmerged({ callbacks: [callback] }));
    const state = fold(requestDecider, [...histories.merged, unmerged({ callbacks: [callback] })]);
    expect([state.status, state.callbacks]).toEqual(['assigned', 1]);
  });

  it('twice is once', () =>
    given(...histories.merged, unmerged())
      .when(sampleCommands.Unmerge)
      .thenNothing());

  it('what never was merged is refused', () =>
    given(logged).when(sampleCommands.Unmerge).thenRejected('request-logged'));

  it('leaves the way free to merge again', () =>
    given(...histories.merged, unmerged())
      .when(mergeInto(other))
      .thenEmits(merged));
});

describe('the one that others are merged into', () => {
  it.each(open)('takes them in with their resident and callbacks while it is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.TakeIn)
      .thenEmits(tookIn),
  );

  it.each(ended)('turns them away once it is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.TakeIn)
      .thenRejected(`request-${status}`),
  );

  it('takes each in once', () => given(logged, tookIn).when(sampleCommands.TakeIn).thenNothing());

  it.each(lives.filter(([status]) => status !== 'unlogged'))(
    'gives them back even when it is %s',
    (_, history) => {
      const [first, ...rest] = history as [RequestEvent, ...RequestEvent[]];
      given(first, tookIn, ...rest)
        .when(sampleCommands.GiveBack)
        .thenEmits(gaveBack);
    },
  );

  it('gives back once', () => given(logged, tookIn, gaveBack).when(sampleCommands.GiveBack).thenNothing());

  it('is not withdrawn for all of them by one resident', () =>
    given(logged, tookIn).when(sampleCommands.Withdraw).thenRejected('others-merged-into-it'));

  it('keeps its holder, lead and clock', () => {
    const before = fold(requestDecider, [...histories.accepted, paused]);
    const after = fold(requestDecider, [...histories.accepted, paused, tookIn]);
    expect(after).toEqual({ ...before, takenIn: { [other]: 0 } });
  });
});

const back = (callbacks: Callback[]): RequestEvent => ({
  type: 'Unmerged',
  data: { from: other, backTo: 'logged', reason: '不是一回事', trigger: 'hand', callbacks },
});
const call = (attempt: number): Callback => ({
  attempt,
  contacted: false,
  resolved: null,
  satisfied: null,
  note: null,
  at,
});
const bring = (from: string, ...callbacks: Callback[]): RequestCommand => ({
  type: 'BringBack',
  data: { from, callbacks },
});
const brought = (attempt: number): RequestEvent => ({
  type: 'CallbackRecorded',
  data: { ...call(attempt), from: other },
});

describe('what was unmerged', () => {
  const unmerged = [logged, merged, back([call(1)])];

  it('is told of the callbacks that were made while it was being unmerged', () =>
    given(...unmerged)
      .when(bring(other, call(1), call(2), call(3)))
      .thenEmits(brought(2), brought(3)));

  it('is told of all that was said in them', () => {
    const said = { ...call(2), contacted: true, contactedByUnit: false, resolved: 'yes' as const };
    given(...unmerged)
      .when(bring(other, call(1), said))
      .thenEmits({ type: 'CallbackRecorded', data: { ...said, from: other } });
    const heard: RequestEvent = { type: 'CallbackRecorded', data: { ...said, caller: other } };
    expect(callbacksFor(other, [logged, tookIn, heard])).toEqual([said]);
  });

  it('is told of each once', () =>
    given(...unmerged, brought(2))
      .when(bring(other, call(1), call(2)))
      .thenNothing());

  it('is told nothing by a request that it was not merged into, or is merged into again', () => {
    given(...unmerged)
      .when(bring('YFXJ-261122-Z9X2K', call(2)))
      .thenNothing();
    given(...unmerged, merged)
      .when(bring(other, call(2)))
      .thenNothing();
  });

  it('has not been called in vain about itself by that', () => {
    const { callbacks, unreached } = fold(requestDecider, [...unmerged, brought(2)]);
    expect([callbacks, unreached]).toEqual([2, {}]);
  });
});
