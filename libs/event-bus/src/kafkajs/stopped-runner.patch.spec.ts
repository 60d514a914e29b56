import { setTimeout as sleep } from 'node:timers/promises';
import Runner from 'kafkajs/src/consumer/runner.js';
import { endFetchersOfStoppedRunners } from './stopped-runner.patch.js';

const logger = { debug() {}, info() {}, warn() {}, error() {}, namespace: () => logger };
const fetchTimes: Record<string, number> = { 1: 20, 2: 100, 3: 20 }; // milliseconds, by broker

/** A group of which the brokers can be changed. Asked for them without end, it fails: a turn for anything else would never come. */
class Group {
  brokers = ['1', '2'];
  left = false;
  private asked = 0;
  groupId = 'spec';

  getNodeIds(): string[] {
    this.asked += 1;
    if (this.asked > 10_000) throw new TypeError('asked without end');
    return this.brokers;
  }
  async fetch(broker: string): Promise<[]> {
    await sleep(fetchTimes[broker]);
    return [];
  }
  async connect() {}
  async joinAndSync() {}
  async heartbeat() {}
  async leave() {
    this.left = true;
  }
}

/** Stops a consumer while it takes note of another set of brokers. Resolves with what it crashed of. */
async function stoppedWhileBrokersChange(): Promise<{ crashes: string[]; group: Group; runner: Runner }> {
  const group = new Group();
  const crashes: string[] = [];
  const runner = new Runner({
    logger,
    consumerGroup: group,
    instrumentationEmitter: { emit() {} },
    concurrency: 1,
    retry: { initialRetryTime: 10, retries: 3 },
    onCrash: (error: Error) => void crashes.push(error.message),
  });
  await runner.start();
  group.brokers = ['1', '2', '3'];
  await sleep(60); // the first broker's fetcher has seen it, the second one's is waited for
  await runner.stop();
  await sleep(200);
  return { crashes, group, runner };
}

it('spins without the patch, and ends with it', async () => {
  const before = await stoppedWhileBrokersChange();
  expect(before.crashes).toEqual(['asked without end']);
  endFetchersOfStoppedRunners();
  const { crashes, group, runner } = await stoppedWhileBrokersChange();
  expect(crashes).toEqual([]);
  expect(runner.consuming).toBe(false);
  expect(group.left).toBe(true);
});
