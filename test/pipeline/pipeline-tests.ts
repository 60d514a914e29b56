import type { Figures } from '../reliability/figures.js';
import { brokerFreezes, brokerKills, leaderFaults, topicLosses } from './broker-runs.js';
import { District } from './district.js';
import { killPoints } from './kill-points.js';
import { lateCommits } from './late-commit.js';
import { poisonings } from './parking-run.js';
import { type PipelineFigures, type PipelineRun, runOn } from './pipeline-run.js';
import { postgresRestarts, projectorKills } from './projector-runs.js';
import { namedRelayKills, randomRelayKills, twoRelays } from './relay-runs.js';

export type PipelineTest = {
  title: string;
  /** How often the fault strikes where nothing else is asked for. */
  points: number;
  /** How long that takes on two cores that have nothing else to do. */
  minutes: number;
  brokers?: 1 | 3;
  faults: (run: PipelineRun) => Promise<PipelineFigures>;
};

/** The faults of the pipeline in full count, by name. */
export const pipelineTests: Readonly<Record<string, PipelineTest>> = {
  'relay-points': {
    title: `relay killed ${killPoints.join(', ')}`,
    points: killPoints.length,
    minutes: 2,
    faults: namedRelayKills,
  },
  'relay-kills': { title: 'relay killed under load', points: 100, minutes: 19, faults: randomRelayKills },
  'two-relays': {
    title: 'two relays at once for a minute',
    points: 1,
    minutes: 2,
    faults: (run) => twoRelays({ ...run, seconds: 60 }),
  },
  'broker-kills': {
    title: 'broker killed and restarted under load',
    points: 10,
    minutes: 4,
    faults: brokerKills,
  },
  'broker-freezes': {
    title: 'broker frozen past the timeouts under load',
    points: 2,
    minutes: 5,
    faults: (run) => brokerFreezes({ ...run, frozen: 75_000 }),
  },
  'leader-kills': {
    title: 'leader of three brokers killed during sends',
    points: 3,
    minutes: 2,
    brokers: 3,
    faults: (run) => leaderFaults({ ...run, fault: 'kill' }),
  },
  'leader-freezes': {
    title: 'leader of three brokers frozen, and awake again',
    points: 3,
    minutes: 7,
    brokers: 3,
    faults: (run) => leaderFaults({ ...run, fault: 'freeze' }),
  },
  'topic-losses': {
    title: 'log directories of the topics lost, filled again from the event store',
    points: 3,
    minutes: 2,
    faults: topicLosses,
  },
  'projector-kills': {
    title: 'projector killed under load',
    points: 100,
    minutes: 18,
    faults: projectorKills,
  },
  'postgres-restarts': {
    title: 'PostgreSQL restarted under relay and projector',
    points: 10,
    minutes: 1,
    faults: postgresRestarts,
  },
  'late-commits': {
    title: 'partition moved while a transaction is open, committed afterwards',
    points: 3,
    minutes: 2,
    faults: lateCommits,
  },
  poisonings: {
    title: 'event that cannot be applied, and one behind it',
    points: 3,
    minutes: 1,
    faults: poisonings,
  },
};

/** Runs one of them on servers of its own. */
export async function pipelineRun(
  { brokers = 1, faults }: PipelineTest,
  { seed, points, say }: { seed: number; points: number; say: (line: string) => void },
): Promise<Figures | { unavailable: string }> {
  const district = await District.start({ brokers, seed });
  if ('unavailable' in district) return district;
  try {
    const { failures, ...figures } = await faults(runOn(district, points, { writesPerSecond: 100, say }));
    say(`${figures.repeated} records stand on the topic a second time, which readers skip`);
    say(`${Math.round(figures.writesPerSecond ?? 0)} writes/s were acknowledged where 100 were aimed at`);
    if (failures.length > 0) say(`${failures.length} writes were refused: ${failures[0]}`);
    return figures;
  } finally {
    await district.stop();
  }
}
