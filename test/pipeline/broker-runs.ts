import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { EventBus } from '#event-bus';
import { logTopic } from '#topics';
import type { Evidence } from './evidence.js';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered } from './pipeline-run.js';
import { carries } from './relay-runs.js';

/** Kills the only broker and starts it again, under load. */
export async function brokerKills(run: PipelineRun): Promise<PipelineFigures> {
  const { servers, points, random } = run;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    const [broker] = servers.kafka.brokers;
    await relay.writes(carries);
    for (; figures.points < points; figures.points += 1) {
      await load.grows(5);
      await sleep(random() * 500);
      await broker?.kill();
      await sleep(random() * 1_000);
      await broker?.start();
      await recovered(figures, () => carriedAll(evidence, evidence.bus));
    }
    return [relay];
  });
}

/** Freezes the only broker for a time (milliseconds), under load. */
export async function brokerFreezes(run: PipelineRun & { frozen: number }): Promise<PipelineFigures> {
  const { servers, points, frozen } = run;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    const [broker] = servers.kafka.brokers;
    await relay.writes(carries);
    for (; figures.points < points; figures.points += 1) {
      await load.grows(5);
      await broker?.pause();
      await sleep(frozen);
      await broker?.resume();
      await recovered(figures, () => carriedAll(evidence, evidence.bus));
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
  const { servers, points, fault } = run;
  const { brokers } = servers.kafka;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    await relay.writes(carries);
    for (; figures.points < points; figures.points += 1) {
      await load.grows(5);
      const victim = brokers[figures.points % brokers.length];
      const others = brokers.filter((broker) => broker !== victim).map(({ address }) => address);
      await (fault === 'kill' ? victim?.kill() : victim?.pause());
      await sleep(5_000); // the others have noticed
      const bus = new EventBus({ brokers: others, clientId: 'evidence', log: pino({ level: 'silent' }) });
      await recovered(figures, () => carriedAll(evidence, bus));
      await (fault === 'kill' ? victim?.start() : victim?.resume());
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
