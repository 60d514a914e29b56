import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { EventBus } from '#event-bus';
import { publicTopic } from '#public-events';
import { logTopic } from '#topics';
import type { Broker } from '../kafka/broker.js';
import type { Evidence } from './evidence.js';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';
import { carries } from './relay-runs.js';

/** Kills the only broker and starts it again, under load. */
export const brokerKills = (run: PipelineRun): Promise<PipelineFigures> =>
  strikes(run, async (broker) => {
    await sleep(run.random() * 500);
    await broker.kill();
    await sleep(run.random() * 1_000);
    await broker.start();
  });

/** Freezes the only broker for a time (milliseconds), under load. */
export const brokerFreezes = (run: PipelineRun & { frozen: number }): Promise<PipelineFigures> =>
  strikes(run, async (broker) => {
    await broker.pause();
    await sleep(run.frozen);
    await broker.resume();
  });

/** The only broker's disk is empty after a restart, under load: the relay has to fill its topics again. */
export const topicLosses = (run: PipelineRun): Promise<PipelineFigures> =>
  strikes(run, async (broker) => {
    await broker.shutDown();
    for (const name of await readdir(broker.data))
      if (carriedTopics.some((topic) => name.startsWith(`${topic}-`)))
        await rm(join(broker.data, name), { recursive: true });
    await broker.start();
  });

const carriedTopics = [logTopic.name, publicTopic.name];

async function strikes(
  run: PipelineRun,
  strike: (broker: Broker) => Promise<void>,
): Promise<PipelineFigures> {
  const { servers } = run.district;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    const broker = servers.kafka.brokers[0] as Broker;
    await relay.writes(carries);
    while (figures.points < run.points) {
      await load.grows(5);
      await strike(broker);
      await recovered(figures, () => carriedAll(evidence, evidence.bus));
      struck(figures, run);
    }
    return [relay];
  });
}

/**
 * Of three brokers kills or freezes one after the other, each a leader, under load: the relay goes on while it is away. A frozen one wakes
 * up when the others have long taken its place.
 */
export async function leaderFaults(
  run: PipelineRun & { fault: 'kill' | 'freeze' },
): Promise<PipelineFigures> {
  const { points, fault } = run;
  const { servers } = run.district;
  const { brokers } = servers.kafka;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    await relay.writes(carries);
    while (figures.points < points) {
      await load.grows(5);
      const victim = brokers[figures.points % brokers.length];
      const others = brokers.filter((broker) => broker !== victim).map(({ address }) => address);
      await (fault === 'kill' ? victim?.kill() : victim?.pause());
      await sleep(5_000); // the others have noticed
      const bus = new EventBus({ brokers: others, clientId: 'evidence', log: pino({ level: 'silent' }) });
      await recovered(figures, () => carriedAll(evidence, bus));
      await (fault === 'kill' ? victim?.start() : victim?.resume());
      struck(figures, run);
    }
    return [relay];
  });
}

// Everything that was written when it was called.
async function carriedAll(evidence: Evidence, bus: EventBus): Promise<void> {
  const due = (await evidence.written()).length;
  for (let there = 0; there < due; await sleep(100)) {
    const offsets = await bus.offsets(logTopic.name).catch(() => new Map<number, { end: bigint }>());
    there = [...offsets.values()].reduce((sum, { end }) => sum + Number(end), 0);
  }
}
