import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { EventBus } from '#event-bus';
import { publicTopic } from '#public-events';
import { logTopic } from '#topics';
import type { Broker } from '../kafka/broker.js';
import { leadersOf } from './leaders.js';
import {
  type PipelineFigures,
  type PipelineRun,
  everythingOf,
  reached,
  recovered,
  struck,
} from './pipeline-run.js';
import { carries } from './relay-runs.js';

/** What a relay says while its broker is away. */
export const missesItsBroker = /ECONNREFUSED|ECONNRESET|Closed connection/;

/** Kills the only broker and starts it again, under load. */
export const brokerKills = (run: PipelineRun): Promise<PipelineFigures> =>
  brokerFaults(run, {
    shows: missesItsBroker,
    strike: async (broker) => {
      await sleep(run.random() * 500);
      await broker.kill();
      await sleep(run.random() * 1_000);
      await broker.start();
    },
  });

/** Freezes the only broker for a time (milliseconds), under load. */
export const brokerFreezes = (run: PipelineRun & { frozen: number }): Promise<PipelineFigures> =>
  brokerFaults(run, {
    shows: /timed out|timeout/i,
    strike: async (broker) => {
      await broker.pause();
      await sleep(run.frozen);
      await broker.resume();
    },
  });

/** The only broker's disk is empty after a restart, under load: the relay has to fill its topics again. */
export const topicLosses = (run: PipelineRun): Promise<PipelineFigures> =>
  brokerFaults(run, {
    shows: noticesALoss,
    strike: async (broker) => {
      await broker.shutDown();
      for (const name of await readdir(broker.data))
        if (carriedTopics.some((topic) => name.startsWith(`${topic}-`)))
          await rm(join(broker.data, name), { recursive: true });
      await broker.start();
    },
  });

// While it is at work, or at its next start.
const noticesALoss = /has lost what was acknowledged|has lost records that were there/;
const carriedTopics = [logTopic.name, publicTopic.name];

export type BrokerFault = {
  strike: (broker: Broker) => Promise<void>;
  /** What the relay says of it each time. */
  shows: RegExp;
};

export async function brokerFaults(
  run: PipelineRun,
  { strike, shows }: BrokerFault,
): Promise<PipelineFigures> {
  const { servers } = run.district;
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await run.district.relay(run.planted);
    const broker = servers.kafka.brokers[0] as Broker;
    await relay.writes(carries);
    while (figures.points < run.points) {
      await load.grows(5);
      const since = relay.output().length;
      await strike(broker);
      const due = [...load.acknowledged];
      figures.violations.push(...(await recovered(figures, () => evidence.uncarried(due))));
      await reached(relay, evidence.patience, { since, shows });
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
  const brokers = [...servers.kafka.brokers];
  return everythingOf(run, async (load, figures, evidence) => {
    const relay = await run.district.relay();
    await relay.writes(carries);
    while (figures.points < points) {
      await load.grows(5);
      const leading = await leadersOf(logTopic.name, servers.kafka.addresses);
      // One that was struck leads nothing for a while, and comes last.
      const victim = brokers.find(({ id }) => leading.has(id)) as Broker;
      brokers.push(...brokers.splice(brokers.indexOf(victim), 1));
      const others = brokers.filter((broker) => broker !== victim).map(({ address }) => address);
      await (fault === 'kill' ? victim.kill() : victim.pause());
      await deposed(victim, others, evidence.patience);
      const bus = new EventBus({ brokers: others, clientId: 'evidence', log: pino({ level: 'silent' }) });
      const due = [...load.acknowledged];
      figures.violations.push(...(await recovered(figures, () => evidence.uncarried(due, bus))));
      await (fault === 'kill' ? victim.start() : victim.resume());
      struck(figures, run);
    }
    return [relay];
  });
}

// The others have noticed: without that the fault has not struck.
async function deposed({ id }: Broker, others: string[], patience: number): Promise<void> {
  const leads = () => leadersOf(logTopic.name, others).then((leading) => leading.has(id));
  for (const until = Date.now() + patience; await leads().catch(() => true); await sleep(100))
    if (Date.now() > until) throw new Error(`broker ${id} leads on: the fault has not struck`);
}
