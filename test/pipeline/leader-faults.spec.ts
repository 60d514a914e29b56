import { jest } from '@jest/globals';
import { describeWith } from '../servers/describe-with.fixture.js';
import { leaderFaults } from './broker-runs.js';
import { District } from './district.js';
import { runOn } from './pipeline-run.js';

jest.setTimeout(600_000);

await describeWith(
  'Kafka with PostgreSQL',
  () => District.start({ brokers: 3 }),
  'the copy on three brokers',
  (district) => {
    const { seed } = district;
    afterAll(() => district.stop());

    it(`is whole, and a projector goes on, after the leader was killed during sends (seed ${seed})`, async () => {
      const run = runOn(district, 1, { compared: false });
      const { violations, points, failures } = await leaderFaults({ ...run, fault: 'kill' });
      expect({ violations, points, failures }).toEqual({ violations: [], points: 1, failures: [] });
    });
  },
);
