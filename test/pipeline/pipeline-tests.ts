import type { Figures } from '../reliability/figures.js';
import { chance } from '../reliability/kill-point.js';
import { brokerFreezes, brokerKills, leaderFaults } from './broker-runs.js';
import { Desk } from './desk.js';
import { killPoints } from './kill-points.js';
import type { PipelineFigures, PipelineRun } from './pipeline-run.js';
import { startServers } from './pipeline.process.js';
import { postgresRestarts, projectorKills } from './projector-runs.js';
import { namedRelayKills, randomRelayKills, twoRelays } from './relay-runs.js';

export type PipelineTest = {
  title: string;
  /** How often the fault strikes where nothing else is asked for. */
  points: number;
  brokers?: 1 | 3;
  faults: (run: PipelineRun) => Promise<PipelineFigures>;
};

/** The faults of the pipeline in full count, by name. */
export const pipelineTests: Readonly<Record<string, PipelineTest>> = {
  'relay-points': {
    title: `relay killed ${killPoints.join(', ')}`,
    points: killPoints.length,
    faults: namedRelayKills,
  },
  'relay-kills': { title: 'relay killed under load', points: 100, faults: randomRelayKills },
  'two-relays': {
    title: 'two relays at once for a minute',
    points: 1,
    faults: (run) => twoRelays({ ...run, seconds: 60 }),
  },
  'broker-kills': { title: 'broker killed and restarted under load', points: 10, faults: brokerKills },
  'broker-freezes': {
    title: 'broker frozen past the timeouts under load',
    points: 2,
    faults: (run) => brokerFreezes({ ...run, frozen: 75_000 }),
  },
  'leader-kills': {
    title: 'leader of three brokers killed during sends',
    points: 3,
    brokers: 3,
    faults: (run) => leaderFaults({ ...run, fault: 'kill' }),
  },
  'leader-freezes': {
    title: 'leader of three brokers frozen, and awake again',
    points: 3,
    brokers: 3,
    faults: (run) => leaderFaults({ ...run, fault: 'freeze' }),
  },
  'projector-kills': {
    title: 'projector killed, 100 writes/s arriving',
    points: 100,
    faults: projectorKills,
  },
  'postgres-restarts': {
    title: 'PostgreSQL restarted under relay and projector',
    points: 10,
    faults: postgresRestarts,
  },
};

/** Runs one of them on servers of its own. */
export async function pipelineRun(
  { brokers = 1, faults }: PipelineTest,
  { seed, points, say }: { seed: number; points: number; say: (line: string) => void },
): Promise<Figures | { unavailable: string }> {
  const servers = await startServers({ brokers });
  if ('unavailable' in servers) return servers;
  try {
    const desk = new Desk(servers.home, (await servers.start('commands')).url);
    await desk.open('YFXJ');
    const run = { servers, desk, points, writesPerSecond: 100, random: chance(seed), say };
    const { repeats, failures, ...figures } = await faults(run);
    say(`${repeats} records stand on the topic a second time, which readers skip`);
    if (failures.length > 0) say(`${failures.length} writes were refused: ${failures[0]}`);
    return figures;
  } finally {
    await servers.stop();
  }
}
