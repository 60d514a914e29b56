import { randomUUID } from 'node:crypto';
import { type EventBus, toRecord } from '#event-bus';
import { busTo, contents, freshName, freshTopic } from '../event-bus/bus.fixture.js';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { endProcesses } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { FollowerProcess, pause } from './follower.process.js';

// The broker waits for a killed member as long as a session lasts: each kill that is noticed costs ten seconds.
const kills = 5;

const event = (position: bigint, stream: string) =>
  toRecord({
    id: randomUUID(),
    type: 'cn.yizhan.request.progress-recorded.v1',
    source: `/eventstore/${stream}`,
    subject: stream.slice('request-'.length),
    time: '2026-11-22T02:00:00.000Z',
    dataschema: 'https://yizhan.example/schemas/request.progress-recorded.v1.json',
    recordedtime: '2026-11-22T02:00:00.000Z',
    streamrevision: position,
    partitionkey: stream,
    position,
    prevposition: position > 6n ? position - 6n : 0n,
    data: { requestId: stream, station: 'YFXJ' },
  });

await describeWith('Kafka', sharedKafka, 'docs/consumers/kafka.mjs', ({ addresses }) => {
  let bus: EventBus;
  let topic: string;

  beforeAll(async () => {
    bus = busTo(addresses);
    topic = await freshTopic(bus);
  }, 120_000);
  afterAll(endProcesses);

  it(`is killed ${kills} times while events are published and ends with exactly the topic, partition by partition`, async () => {
    const group = freshName('consumer');
    const follower = new FollowerProcess('docs/consumers/kafka.mjs', (file) => [file, topic, group], {
      KAFKA_BROKERS: addresses.join(','),
    });
    const publisher = await bus.openPublisher(topic);
    const writing = new AbortController();
    const writer = (async () => {
      for (let position = 1n; !writing.signal.aborted; position += 1n) {
        const partition = Number(position % 6n);
        await publisher.publish(partition, [event(position, `request-${partition}`)]);
        await pause(5);
      }
      await publisher.close();
    })();
    let kept = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      follower.start();
      await follower.until(kept + 20 + Math.floor(Math.random() * 50));
      await follower.kill();
      kept = follower.lines().length;
    }
    writing.abort();
    await writer;
    const stored = [...(await contents(bus, topic)).values()];
    follower.start();
    await follower.until(stored.flat().length);
    for (const records of stored) {
      const key = records[0]?.key;
      const followed = follower.lines().filter(({ partitionkey }) => partitionkey === key);
      expect(followed.map(({ id }) => id)).toEqual(records.map(({ headers }) => headers['ce_id']));
    }
    expect(follower.lines()[0]).toMatchObject({ specversion: '1.0', data: { station: 'YFXJ' } });
  }, 300_000);
});
