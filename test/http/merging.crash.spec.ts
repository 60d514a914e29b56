import { type EventLog, openEventLog } from './event-log.js';
import { type Client, clientOf } from './client.js';
import { here, ice, succeeded } from './town.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
  tokenFor,
} from '../processes/station.process.js';

const pairs = 12;

describe('a station that is killed while requests are merged and split', () => {
  let home: string;
  let station: StationProcess;
  let client: Client;
  let events: EventLog;
  let as: string;

  const begin = async () => {
    station = await startStation({ home });
    client = clientOf(station.url);
    events = openEventLog(await station.eventStoreUrl());
  };
  beforeAll(async () => {
    home = await temporaryHome();
    await begin();
    as = await tokenFor(home, 'volunteer', { station: here.code });
    succeeded(await client.post('/v1/stations', here, { as: await tokenFor(home, 'admin') }));
  }, 240_000);
  afterAll(async () => {
    await events.dispose();
    await endProcesses();
  });

  const logged = async () => succeeded(await client.post('/v1/requests', ice, { as })).body.id;
  const types = async (id: string) =>
    (await events.of(`request-${id}`)).map(({ type }) => type).filter((type) => type !== 'DeadlineSet');

  it('finishes after the next start what it had begun, without being asked', async () => {
    const begun: { one: string; other: string }[] = [];
    for (let pair = 0; pair < pairs; pair += 1) begun.push({ one: await logged(), other: await logged() });
    const parts = [{ summary: '西侧' }, { summary: '东侧' }];
    let answered = 0;
    const enough = Promise.withResolvers<void>();
    for (const { one, other } of begun) {
      const asked = [
        client.post(`/v1/requests/${one}/merging`, { into: other, reason: '同一处' }, { as }),
        client.post(`/v1/requests/${other}/splitting`, { parts, reason: '各管一段' }, { as }),
      ];
      for (const answer of asked) {
        // Whoever waits for an answer of a killed process gets none.
        void answer.then(() => (answered += 1) === 2 && enough.resolve()).catch(() => {});
      }
    }
    await enough.promise;
    await station.kill();
    await events.dispose();
    await begin();

    let [mergers, splits] = [0, 0];
    for (const { one, other } of begun) {
      if ((await types(one)).at(-1) === 'Merged') {
        mergers += 1;
        await eventually(async () => (await types(other)).filter((type) => type === 'TookIn').length === 1);
      }
      const split = (await events.of(`request-${other}`)).find(({ type }) => type === 'Split');
      for (const { requestId } of (split?.data['parts'] ?? []) as { requestId: string }[]) {
        splits += 1;
        await eventually(async () => (await types(requestId)).join() === 'RequestLogged');
      }
    }
    expect(mergers + splits).toBeGreaterThan(1); // else nothing was said
  }, 240_000);
});

/** Waits until it holds; fails after a minute. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 60_000; !(await holds());) {
    if (Date.now() > until) throw new Error('it did not come to hold within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
