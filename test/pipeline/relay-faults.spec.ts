import { jest } from '@jest/globals';
import { chance } from '../reliability/kill-point.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { brokerKills } from './broker-runs.js';
import { Desk } from './desk.js';
import { killPoints } from './kill-points.js';
import type { PipelineRun } from './pipeline-run.js';
import { startServers } from './pipeline.process.js';
import { namedRelayKills, randomRelayKills, twoRelays } from './relay-runs.js';

jest.setTimeout(600_000);

await describeWith('Kafka with PostgreSQL', startServers, 'the copy on the topics', (servers) => {
  const seed = Math.floor(Math.random() * 1e6);
  let desk: Desk;
  beforeAll(async () => {
    desk = new Desk(servers.home, (await servers.start('commands')).url);
    await desk.open('YFXJ');
  });
  afterAll(() => servers.stop());

  const run = (points: number): PipelineRun => ({
    servers,
    desk,
    points,
    writesPerSecond: 15,
    random: chance(seed),
    say: () => undefined,
  });

  it(`is whole and holds nothing twice when the relay dies ${killPoints.join(', ')}`, async () => {
    const { violations, points, repeats, acknowledged, failures } = await namedRelayKills(run(0));
    expect({ violations, points, repeats, failures }).toEqual({
      violations: [],
      points: killPoints.length,
      repeats: 0,
      failures: [],
    });
    expect(acknowledged.appends).toBeGreaterThan(killPoints.length);
  });

  it(`is whole after relays were killed at random (seed ${seed})`, async () => {
    const { violations, points } = await randomRelayKills(run(3));
    expect({ violations, points }).toEqual({ violations: [], points: 3 });
  });

  it('is whole when two relays carry at once, and no loss is reported that was none', async () => {
    const { violations, repeats } = await twoRelays({ ...run(1), seconds: 5 });
    expect(violations).toEqual([]);
    expect(repeats).toBeGreaterThan(0); // both were at work
  });

  it(`is whole after the broker was killed under it (seed ${seed})`, async () => {
    const { violations, points } = await brokerKills(run(1));
    expect({ violations, points }).toEqual({ violations: [], points: 1 });
  });
});
