import { jest } from '@jest/globals';
import { describeWith } from '../servers/describe-with.fixture.js';
import { brokerKills } from './broker-runs.js';
import { District } from './district.js';
import { killPoints } from './kill-points.js';
import { runOn } from './pipeline-run.js';
import { namedRelayKills, randomRelayKills, twoRelays } from './relay-runs.js';

jest.setTimeout(600_000);

await describeWith(
  'Kafka with PostgreSQL',
  () => District.start(),
  'the copy on the topics',
  (district) => {
    const { seed } = district;
    afterAll(() => district.stop());

    it(`is whole and holds nothing twice when the relay dies ${killPoints.join(', ')}`, async () => {
      const { violations, points, repeated, acknowledged, failures } = await namedRelayKills(
        runOn(district, 0, { compared: false }),
      );
      expect({ violations, points, repeated, failures }).toEqual({
        violations: [],
        points: killPoints.length,
        repeated: 0,
        failures: [],
      });
      expect(acknowledged.appends).toBeGreaterThan(killPoints.length);
    });

    it(`is whole after relays were killed at random (seed ${seed})`, async () => {
      const { violations, points } = await randomRelayKills(runOn(district, 3, { compared: false }));
      expect({ violations, points }).toEqual({ violations: [], points: 3 });
    });

    it('is whole when two relays carry at once, and no loss is reported that was none', async () => {
      const { violations, repeated } = await twoRelays({
        ...runOn(district, 1, { compared: false }),
        seconds: 5,
      });
      expect(violations).toEqual([]);
      expect(repeated).toBeGreaterThan(0); // both were at work
    });

    // The last one: what the read models hold is that of all faults before, too.
    it(`is whole after the broker was killed under it, and so are the read models (seed ${seed})`, async () => {
      const { violations, points } = await brokerKills(runOn(district, 1));
      expect({ violations, points }).toEqual({ violations: [], points: 1 });
    });
  },
);
