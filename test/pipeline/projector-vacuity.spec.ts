import { jest } from '@jest/globals';
import { startPostgres } from '../postgres/start-postgres.js';
import type { StationProcess } from '../processes/station.process.js';
import type { Violation } from '../reliability/violation.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { District } from './district.js';
import { lateCommit } from './late-commit.js';
import { parks } from './parking-run.js';
import { runOn } from './pipeline-run.js';
import { projectorKills } from './projector-runs.js';
import {
  readsAcrossRebalance,
  readsDuringRebuild,
  readsWhileNothingComes,
  readsWhilePaused,
} from './token-runs.js';
import type { PlantedFault } from './variants/planted-fault.js';

jest.setTimeout(600_000);

type Run = (one: District, fault: PlantedFault) => Promise<Violation[]>;

const killed: Run = async (one, planted) => (await projectorKills(runOn(one, 2, { planted }))).violations;

// The very runs of projector-faults.spec.ts: they would not notice otherwise.
await describeWith(
  'Kafka with PostgreSQL',
  () => District.start(),
  'the tests of the read models',
  (district) => {
    let relay: StationProcess;
    beforeAll(async () => {
      relay = await district.servers.start('relay');
    });
    afterAll(() => district.stop());

    /** What a run finds with projectors that have a fault, on a database that nobody else reads. */
    const finds = async (run: Run, fault: PlantedFault): Promise<Violation[]> => {
      const postgres = await startPostgres({ given: district.servers.postgres.url });
      if ('unavailable' in postgres) throw new Error(postgres.unavailable);
      const beside = district.beside(postgres);
      return run(beside, fault).finally(async () => {
        await beside.evidence.close();
        await postgres.stop();
      });
    };

    it.each<[string, Run]>([
      ['while their projector stands still', readsWhilePaused],
      ['when nothing projects', (one, fault) => readsWhileNothingComes(one, relay, fault)],
      ['while partitions move', readsAcrossRebalance],
      ['during a rebuild', readsDuringRebuild],
    ])('notice an answer from before a write %s', async (_, run) => {
      expect(await finds(run, 'answers-at-once')).toContainEqual(
        expect.objectContaining({ kind: 'changed' }),
      );
    });

    it('notice what is counted twice when the checkpoint’s row is not locked', async () => {
      const found = await finds(lateCommit, 'takes-no-lock');
      expect(found.map(({ what }) => what).join()).toContain('statistics_2_tally');
    });

    it('notice rows that commit apart from their checkpoint', async () => {
      const found = await finds(killed, 'commits-apart');
      expect(found.map(({ what }) => what).join()).toContain('rows differ');
    });

    it.each<[string, PlantedFault, string]>([
      ['is dropped', 'drops-what-fails', '0 records of request-YFXJ-'],
      ['lets what follows it through', 'forgets-parked-keys', 'is shown in parts: 200'],
      ['counts as one that can be seen', 'hides-the-parking', 'with its token: 404'],
    ])('notice an event that should be parked and %s', async (_, fault, what) => {
      expect((await finds(parks, fault)).map((one) => one.what).join()).toContain(what);
    });
  },
);
