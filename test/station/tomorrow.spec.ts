import { clientOf } from '../http/client.js';
import { ice } from '../http/town.js';
import { endProcesses, startStation } from '../processes/station.process.js';
import { clockAhead } from './later-clock.js';

afterAll(endProcesses);

describe('a station whose clock goes past midnight', () => {
  it('gives a retry of the evening before its first answer, and a new request the new day', async () => {
    const evening = await startStation();
    const { home } = evening;
    const weekLong = { expiresIn: '7d' };
    const volunteer = await evening.token('volunteer', { station: 'YFXJ' }, weekLong);
    const opening = {
      code: 'YFXJ',
      name: '永丰驿站',
      community: '永丰',
      street: '学院路',
      district: '海淀区',
    };
    const admin = await evening.token('admin', {}, weekLong);
    expect((await clientOf(evening.url).post('/v1/stations', opening, { as: admin })).status).toBe(201);
    const log = (url: string, key: string) =>
      clientOf(url).post('/v1/requests', ice, { as: volunteer, headers: { 'idempotency-key': key } });
    const first = await log(evening.url, 'late-call');
    expect(first.status).toBe(201);
    expect(await evening.stop()).toBe(0);

    const morning = await startStation({ home, nodeArgs: clockAhead(86_400_000) });
    const again = await log(morning.url, 'late-call');
    expect([again.status, again.body]).toEqual([201, first.body]);
    const fresh = await log(morning.url, 'early-call');
    expect(dayOf(fresh.body['id'])).toBe(dayAfter(dayOf(first.body['id'])));
    expect(await morning.stop()).toBe(0);
  }, 240_000);
});

/** `yyyy-mm-dd`, from a request's number. */
const dayOf = (id: unknown): string => String(id).replace(/^YFXJ-(\d\d)(\d\d)(\d\d)-.*$/, '20$1-$2-$3');

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
