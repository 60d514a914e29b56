import { jest } from '@jest/globals';
import { describeWith } from '../servers/describe-with.fixture.js';
import { brokerFaults, brokerKills, missesItsBroker } from './broker-runs.js';
import { District } from './district.js';
import { runOn } from './pipeline-run.js';

jest.setTimeout(600_000);

// The very runs of relay-faults.spec.ts: they would not notice otherwise.
await describeWith(
  'Kafka with PostgreSQL',
  () => District.start({ patience: 10_000 }),
  'the tests of the copy',
  (district) => {
    afterAll(() => district.stop());

    it('notice a relay that goes on after what it could not send', async () => {
      const planted = 'advances-on-error';
      const { violations } = await brokerKills(runOn(district, 1, { compared: false, planted }));
      const lost = violations.filter(({ kind }) => kind === 'lost').map(({ what }) => what);
      expect(lost.join()).toContain('yizhan.log.v1: partition');
    });

    it('notice a fault that does not strike', async () => {
      const nothing = { strike: async () => {}, shows: missesItsBroker };
      const run = brokerFaults(runOn(district, 1, { compared: false }), nothing);
      await expect(run).rejects.toThrow('the fault has not struck');
    });
  },
);
