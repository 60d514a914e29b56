import { setTimeout as sleep } from 'node:timers/promises';
import {
  type QueriesApplication,
  admin,
  auditor,
  startQueries,
  volunteer,
} from '../spec/queries.application.js';

describe('the projections', () => {
  let app: QueriesApplication;

  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    for (let minute = 10; minute < 40; minute += 1)
      await app.town.log('YFXJ', `2026-11-22T02:${minute}:00.000Z`);
    await app.get('/v1/districts', admin);
  }, 180_000);
  afterAll(() => app.close());

  const figures = async () =>
    (await app.get(`/v1/districts/${encodeURIComponent('海淀区')}/statistics`, auditor)).body;

  it('tell the admin how far they are', async () => {
    const { status, body } = await app.get('/v1/projections', admin);
    expect(status).toBe(200);
    expect(body.items.find(({ name }: { name: string }) => name === 'statistics')).toMatchObject({
      version: 2,
      state: 'live',
      served: true,
      position: String(app.town.position),
      recordedAt: expect.stringMatching(/Z$/),
      failure: null,
      rebuild: null,
    });
  });

  it('are rebuilt at her word, one rebuild at a time, and say the same afterwards', async () => {
    const before = await figures();
    const accepted = await app.post('/v1/projections/statistics/rebuild', admin);
    expect([accepted.status, accepted.headers.get('location')]).toEqual([202, '/v1/projections/statistics']);
    expect(accepted.body.rebuild).toMatchObject({ state: 'running', events: 0, position: '-1' });
    const second = await app.post('/v1/projections/statistics/rebuild', admin);
    expect([second.status, second.body.type]).toEqual([409, 'urn:yizhan:problem:rebuild-running']);
    const rebuild = async () => (await app.get('/v1/projections/statistics', admin)).body.rebuild;
    while ((await rebuild()).state === 'running') await sleep(20);
    expect(await rebuild()).toEqual({ state: 'done', events: 30, seconds: expect.any(Number) });
    expect(await figures()).toEqual(before);
  });

  it('that do not exist are a problem that names those that do', async () => {
    for (const answer of [
      await app.post('/v1/projections/nothing/rebuild', admin),
      await app.get('/v1/projections/nothing', admin),
    ]) {
      expect([answer.status, answer.body.type]).toEqual([404, 'urn:yizhan:problem:unknown-projection']);
      expect(answer.body.known).toEqual(expect.arrayContaining(['request', 'statistics']));
    }
  });

  it('are nobody else’s business', async () => {
    expect((await app.get('/v1/projections', auditor)).status).toBe(403);
    expect((await app.post('/v1/projections/statistics/rebuild', volunteer)).status).toBe(403);
  });
});
