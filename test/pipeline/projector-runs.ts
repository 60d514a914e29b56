import { setTimeout as sleep } from 'node:timers/promises';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';
import { breakConnections, isCutOff } from './read-models.js';

const hasPartitions = /has partitions \d/;

/**
 * Kills one of two projecting processes at random moments, at times together with every connection to PostgreSQL. The other one must show what
 * was written before.
 */
export async function projectorKills(run: PipelineRun): Promise<PipelineFigures> {
  const { points, random } = run;
  const { servers, desk } = run.district;
  const start = () => run.district.projector(run.planted, 'short-sessions.hook.js');
  const work: Parameters<typeof everythingOf>[1] = async (load, figures, evidence) => {
    const relay = await servers.start('relay');
    let [one, other] = await Promise.all([start(), start()]);
    while (figures.points < points) {
      await load.grows(2);
      await sleep(random() * 600);
      if (!hasPartitions.test(one.output())) throw new Error(`it has nothing to do:\n${one.output()}`);
      if (figures.points % 5 === 4 && (await breakConnections(servers.postgres.url)) === 0)
        throw new Error('nobody was connected to PostgreSQL');
      const { last } = load;
      await one.kill();
      if ((await one.exited) !== 'SIGKILL') throw new Error(`it ended before:\n${one.output()}`);
      const survivor = other;
      const next = start();
      figures.violations.push(...(await recovered(figures, () => evidence.unseen(desk, survivor.url, last))));
      [one, other] = [survivor, await next];
      struck(figures, run);
    }
    return [relay, one, other];
  };
  return everythingOf(run, work, { ownProjectors: true });
}

/** Restarts PostgreSQL as after a crash under relay and projectors. */
export async function postgresRestarts(run: PipelineRun): Promise<PipelineFigures> {
  const { points, random } = run;
  const { servers, desk } = run.district;
  const work: Parameters<typeof everythingOf>[1] = async (load, figures, evidence) => {
    const [relay, queries] = await Promise.all([servers.start('relay'), servers.start('queries')]);
    while (figures.points < points) {
      await load.grows(5);
      await sleep(random() * 500);
      const { last } = load;
      if (!(await isCutOff(servers.postgres.url, servers.postgres.restart)))
        throw new Error('the fault has not struck: a connection to PostgreSQL outlived its restart');
      figures.violations.push(...(await recovered(figures, () => evidence.unseen(desk, queries.url, last))));
      struck(figures, run);
    }
    return [relay, queries];
  };
  return everythingOf(run, work, { ownProjectors: true });
}
