import { jest } from '@jest/globals';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { spawnProcess } from '../processes/spawned.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { busTo, freshTopic, patience } from './bus.fixture.js';

jest.setTimeout(patience);

await describeWith('Kafka', sharedKafka, 'an idle consumer', ({ addresses }) => {
  async function measure(how: 'bus' | 'kafkajs'): Promise<{ perSecond: number; warnings: string[] }> {
    const topic = await freshTopic(busTo(addresses), 1);
    const child = spawnProcess({
      entry: 'dist/test/event-bus/idle.child.js',
      args: [how, addresses[0] as string, topic],
    });
    const [answer] = await child.writes(/\{"perSecond".*\}/);
    return JSON.parse(answer) as { perSecond: number; warnings: string[] };
  }

  it('sleeps', async () => {
    const { perSecond, warnings } = await measure('bus');
    expect(perSecond).toBeLessThan(50);
    expect(warnings).toEqual([]);
  });

  // When this fails, kafkajs has mended itself and libs/event-bus/src/kafkajs/idle-loop.patch.ts may go.
  it('would spin and warn with kafkajs as it comes', async () => {
    const { perSecond, warnings } = await measure('kafkajs');
    expect(perSecond).toBeGreaterThan(200);
    expect(warnings).toContain('TimeoutNegativeWarning');
  });
});
