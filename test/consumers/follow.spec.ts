import { calendarUpcasts } from '#calendar';
import { EventStore } from '#event-store';
import { publicEvent, publishedStreams } from '#public-events';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { FollowerProcess, pause } from './follower.process.js';

const kills = 50;

/** Everything that is public, from the event store itself. */
async function publicLog(url: string): Promise<{ id: string; position: string }[]> {
  const store = EventStore.connect(url, {
    ...requestUpcasts,
    ...stationUpcasts,
    ...policyUpcasts,
    ...calendarUpcasts,
  });
  const reading = new AbortController();
  const events = [];
  for await (const delivery of store.subscribe({ streams: publishedStreams, signal: reading.signal })) {
    if (delivery.kind === 'caught-up') reading.abort();
    else if (delivery.kind === 'event') events.push(publicEvent(delivery.event));
  }
  await store.dispose();
  return events;
}

describe('docs/consumers/follow.mjs', () => {
  let station: StationProcess;
  let follower: FollowerProcess;
  let token: string;

  const post = async (path: string, body: object, as = token) => {
    const headers = { authorization: `Bearer ${as}`, 'content-type': 'application/json' };
    const answer = await fetch(station.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };

  beforeAll(async () => {
    station = await startStation({ env: { LOG_LEVEL: 'warn' } });
    const place = { community: '永丰社区', street: '学院路街道', district: '海淀区' };
    await post(
      '/v1/stations',
      { code: 'YFXJ', name: '永丰西里驿站', ...place },
      await station.token('admin'),
    );
    token = await station.token('volunteer', { station: 'YFXJ' });
    const address = `${station.url}/v1/events`;
    const analyst = await station.token('analyst');
    follower = new FollowerProcess('docs/consumers/follow.mjs', (file) => [address, file], {
      TOKEN: analyst,
    });
  }, 120_000);
  afterAll(endProcesses);

  it(`is killed ${kills} times while requests are logged and ends with exactly the log`, async () => {
    const writing = new AbortController();
    const writer = (async () => {
      for (let told = 0; !writing.signal.aborted; told += 1) {
        await post('/v1/requests', { summary: `第 ${told} 件`, channel: 'phone' });
        await pause(Math.random() * 20);
      }
    })();
    const kept: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      follower.start();
      await pause(100 + Math.random() * 500);
      await follower.kill();
      kept.push(follower.lines().length);
    }
    writing.abort();
    await writer;
    const log = await publicLog(await station.eventStoreUrl());
    follower.start();
    await follower.until(log.length);
    const followed = follower.lines().map(({ event }) => ({ id: event.id, position: event.position }));
    expect(followed).toEqual(log.map(({ id, position }) => ({ id, position })));
    // Else it was only ever killed before it had done anything.
    expect(new Set(kept).size).toBeGreaterThan(kills / 5);
  }, 300_000);
});
