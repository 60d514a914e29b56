import { fold, specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { RequestEvent, Stated } from './request.events.js';
import { histories, logged } from './request.samples.js';

const given = specification(requestDecider);
const known = ['logged', 'returned', 'assigned', 'accepted', 'reopened', 'resolved', 'closed'] as const;
const ended = ['withdrawn', 'excluded'] as const;
const correct = (changes: Partial<Stated>) =>
  ({ type: 'Correct', data: { changes, reason: '记错了' } }) as const;
const corrected = (changes: Partial<Stated>): RequestEvent => ({
  type: 'Corrected',
  data: { changes, reason: '记错了' },
});

describe('recategorising', () => {
  it.each(known)('keeps the old category readable while the request is %s', (status) =>
    given(...histories[status])
      .when({ type: 'Recategorise', data: { category: '道路', reason: '市政管' } })
      .thenEmits({ type: 'Recategorised', data: { from: '扫雪除冰', to: '道路', reason: '市政管' } }),
  );

  it.each(ended)('is refused once the request is %s', (status) =>
    given(...histories[status])
      .when({ type: 'Recategorise', data: { category: '道路' } })
      .thenRejected(`request-${status}`),
  );

  it('to the category it has changes nothing', () =>
    given(logged)
      .when({ type: 'Recategorise', data: { category: '扫雪除冰' } })
      .thenNothing());

  it('gives a category to a request that had none', () =>
    given({ ...logged, data: { ...logged.data, category: null } } as RequestEvent)
      .when({ type: 'Recategorise', data: { category: '道路' } })
      .thenEmits({ type: 'Recategorised', data: { from: null, to: '道路', reason: null } }));

  it('starts from the last category', () =>
    given(logged, { type: 'Recategorised', data: { from: '扫雪除冰', to: '道路', reason: null } })
      .when({ type: 'Recategorise', data: { category: '扫雪除冰' } })
      .thenEmits({ type: 'Recategorised', data: { from: '道路', to: '扫雪除冰', reason: null } }));
});

describe('correcting', () => {
  it.each(known)('says what was meant and why while the request is %s', (status) =>
    given(...histories[status])
      .when(correct({ summary: '6号楼前路面结冰', place: { building: '6号楼', unit: null } }))
      .thenEmits(corrected({ summary: '6号楼前路面结冰', place: { building: '6号楼', unit: null } })),
  );

  it.each(ended)('is refused once the request is %s', (status) =>
    given(...histories[status])
      .when(correct({ summary: '6号楼前路面结冰' }))
      .thenRejected(`request-${status}`),
  );

  it('to what is stated already changes nothing', () =>
    given(logged)
      .when(correct({ summary: '5号楼前路面结冰', details: null, place: { building: '5号楼', unit: null } }))
      .thenNothing());

  it('twice is once', () =>
    given(logged, corrected({ summary: '6号楼前路面结冰' }))
      .when(correct({ summary: '6号楼前路面结冰' }))
      .thenNothing());

  it('back to the first words is a correction, too', () =>
    given(logged, corrected({ summary: '6号楼前路面结冰' }))
      .when(correct({ summary: '5号楼前路面结冰' }))
      .thenEmits(corrected({ summary: '5号楼前路面结冰' })));

  it('can take a resident’s data away', () =>
    given(logged)
      .when(correct({ resident: null }))
      .thenEmits(corrected({ resident: null })));

  it('stores what is named and nothing else', () =>
    given(logged)
      .when(correct({ summary: '6号楼前路面结冰', details: undefined, mood: 'grey' } as Partial<Stated>))
      .thenEmits(corrected({ summary: '6号楼前路面结冰' })));

  it('of nothing changes nothing', () =>
    given(logged)
      .when(correct({ details: undefined } as unknown as Partial<Stated>))
      .thenNothing());

  it('leaves the rest as it was stated', () => {
    const { stated } = fold(requestDecider, [logged, corrected({ details: '早上七点发现' })]);
    expect(stated).toEqual({
      summary: '5号楼前路面结冰',
      details: '早上七点发现',
      place: { building: '5号楼', unit: null },
      resident: { name: '李奶奶', phone: '13800000000', flat: '501' },
    });
  });
});
