import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, SubscriptionOptions } from '#event-store';
import { type QueriesApplication, auditor, startQueries, tokenOf } from './queries.application.js';
import { Town } from './town.js';

/** A town whose log is so long that nobody has come to its end yet. */
class LongTown extends Town {
  private readonly end = Promise.withResolvers<void>();
  readonly reachEnd = this.end.resolve;

  constructor() {
    super();
    const { subscribe } = this.store;
    Object.assign(this.store, {
      subscribe: (options: SubscriptionOptions) => this.slowly(subscribe(options)),
    });
  }

  private async *slowly(deliveries: AsyncIterable<Delivery>): AsyncGenerator<Delivery> {
    for await (const delivery of deliveries) {
      if (delivery.kind === 'caught-up') await this.end.promise;
      yield delivery;
    }
  }
}

describe('read models that are being built for the first time', () => {
  const town = new LongTown();
  let app: QueriesApplication;

  beforeAll(async () => {
    app = await startQueries(town);
    await town.open('YFXJ');
    await town.log('YFXJ', '2026-11-22T08:00:00.000Z');
  }, 60_000);
  afterAll(() => (town.reachEnd(), app.close()));

  type Health = { checks: { 'read-models': object } };
  /** `/health/ready`, asked again until it says that. */
  async function asked(says: (body: Health, status: number) => boolean) {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${app.url}/health/ready`);
      const body = (await response.json()) as Health;
      if (says(body, response.status) || tries === 100) return { status: response.status, body };
      await sleep(100);
    }
  }

  it('answer nothing that is a part of the truth', async () => {
    const headers = { authorization: `Bearer ${tokenOf(auditor)}`, prefer: 'wait=0' };
    const response = await fetch(`${app.url}/v1/requests`, { headers });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({
      type: 'urn:yizhan:problem:unavailable',
      building: ['request'],
    });
  });

  it('say at /health/ready which of them is not there yet', async () => {
    const building = {
      request: 'building',
      station: 'building',
      logbook: 'building',
      statistics: 'building',
    };
    // Until their tables are made there is nothing to be said of them.
    const { status, body } = await asked(({ checks }) => 'request' in checks['read-models']);
    expect(status).toBe(503);
    expect(body).toMatchObject({ checks: { 'read-models': { status: 'down', ...building } } });
  });

  it('are served as soon as they have come to the end', async () => {
    town.reachEnd();
    const { status, body } = await app.get('/v1/requests', auditor);
    expect([status, body.items.length]).toEqual([200, 1]);
    // Each comes to the end by itself: that one is served says nothing of the others.
    expect((await asked((_, ready) => ready === 200)).status).toBe(200);
  });
});
