import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { logTopic } from '#topics';
import { publicTopic } from '#public-events';
import type { StationProcess } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { District, path } from './district.js';
import { lateCommit } from './late-commit.js';
import type { Acknowledged } from './load.js';
import { poisonings } from './parking-run.js';
import { runOn } from './pipeline-run.js';
import { postgresRestarts, projectorKills } from './projector-runs.js';
import {
  readsAcrossRebalance,
  readsDuringRebuild,
  readsWhileNothingComes,
  readsWhilePaused,
} from './token-runs.js';

jest.setTimeout(600_000);

await describeWith(
  'Kafka with PostgreSQL',
  () => District.start(),
  'the read models',
  (district) => {
    const { servers, desk, seed } = district;
    let relay: StationProcess;
    afterAll(() => district.stop());

    it(`are those of a rebuild after a projector was killed and PostgreSQL restarted (seed ${seed})`, async () => {
      const killed = await projectorKills(runOn(district, 1, { compared: false }));
      const restarted = await postgresRestarts(runOn(district, 1));
      expect([...killed.violations, ...restarted.violations]).toEqual([]);
      expect([killed.points, restarted.points]).toEqual([1, 1]);
    });

    it('do not answer from before a write while their projector stands still, and answer when another has its partitions', async () => {
      relay = await servers.start('relay');
      expect(await readsWhilePaused(district)).toEqual([]);
    });

    it('do not answer from before a write when nothing projects', async () => {
      expect(await readsWhileNothingComes(district, relay)).toEqual([]);
    });

    it('do not answer from before a write while partitions move to another projector and back', async () => {
      expect(await readsAcrossRebalance(district)).toEqual([]);
    });

    it('count once what a projector commits after it has lost the partition', async () => {
      expect(await lateCommit(district)).toEqual([]);
    });

    it('are read while they are rebuilt, and show what was written meanwhile', async () => {
      expect(await readsDuringRebuild(district)).toEqual([]);
    });

    it('are whole after Kafka lost a partition that the relay filled again', async () => {
      const [broker] = servers.kafka.brokers;
      await sleep(3_000); // a checkpoint is written
      await broker?.shutDown();
      for (const topic of [logTopic, publicTopic])
        await rm(join(broker?.data ?? '', `${topic.name}-3`), { recursive: true });
      await broker?.start();
      await relay.writes(/has lost records that were there/, 180_000);
      // The partition holds nothing twice now, and may be shorter than it was; then it grows.
      const writes = await Promise.all(Array.from({ length: 24 }, () => district.writes()));
      expect(await district.evidence.ofTopics()).toEqual([]);
      const projector = await district.projector();
      for (const { id, token } of writes)
        expect((await desk.sees(projector.url, path(id), { token })).status).toBe(200);
      expect(await district.evidence.ofReadModels(desk, writes[0] as Acknowledged)).toEqual([]);
      expect(await projector.stop()).toBe(0);
    });

    it('park what cannot be applied with all that follows of its stream, and nothing else', async () => {
      expect(await relay.stop()).toBe(0);
      const { violations, points } = await poisonings(runOn(district, 1));
      expect({ violations, points }).toEqual({ violations: [], points: 1 });
    });
  },
);
