import { committee, openTown, property, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 240_000);
afterAll(() => town.leave());

const contractor = { id: 'gongcheng', kind: 'contractor', name: '施工队' };
const transfer = (id: string, to: object, more = {}, headers = {}) =>
  town.say(id, 'assignment', { to, makeLead: true, ...more }, { as: town.tokens.volunteer, headers });
const leads = async (id: string) =>
  (await town.events.of(`request-${id}`))
    .filter(({ type }) => type === 'LeadTransferred')
    .map(({ data }) => data as { from: { id: string }; to: { id: string } });

describe('two who pass the lead on at once', () => {
  it('from the lead both know: one wins, the other is told who leads now', async () => {
    for (let time = 0; time < 5; time += 1) {
      const id = await town.inState('accepted');
      const from = { leadFrom: property.id };
      const answers = await Promise.all([transfer(id, contractor, from), transfer(id, committee, from)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [winner, loser] = answers[0]?.status === 200 ? answers : answers.toReversed();
      expect(winner?.body.events).toEqual(['Assigned', 'LeadTransferred', 'DeadlineSet']);
      const [only, ...rest] = await leads(id);
      expect(rest).toEqual([]);
      const name = only?.to.id === contractor.id ? contractor.name : committee.name;
      expect([loser?.body.reason, loser?.body['lead']]).toEqual(['lead-changed', name]);
      expect(loser?.body.detail).toContain(name);
    }
  });

  it('without naming it: whoever lost the race is not taken for the next transfer', async () => {
    for (let time = 0; time < 5; time += 1) {
      const id = await town.inState('accepted');
      const answers = await Promise.all([transfer(id, contractor), transfer(id, committee)]);
      const won = answers.filter(({ status }) => status === 200).length;
      const chain = await leads(id);
      expect(chain).toHaveLength(won);
      // Each took it from whom it found there; two that were not at once may both have been right.
      expect(chain[0]?.from.id).toBe(property.id);
      if (chain[1]) expect(chain[1].from.id).toBe(chain[0]?.to.id);
      for (const { status, body } of answers) {
        if (status !== 200) expect([status, body.reason]).toEqual([409, 'lead-changed']);
      }
    }
  });

  it('with If-Match: one wins, the other is shown what came in between', async () => {
    const id = await town.inState('accepted');
    const { length } = await town.events.of(`request-${id}`);
    const match = { 'if-match': `"${length - 1}"` };
    const answers = await Promise.all([
      transfer(id, contractor, {}, match),
      transfer(id, committee, {}, match),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = answers.find(({ status }) => status === 412);
    const missed = (stale?.body.events ?? []) as unknown as { type: string }[];
    expect(missed.map(({ type }) => type)).toEqual(['Assigned', 'LeadTransferred', 'DeadlineSet']);
    expect(await leads(id)).toHaveLength(1);
  });
});
