import { setTimeout as sleep } from 'node:timers/promises';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';
import { breakConnections } from './read-models.js';

/**
 * Kills one of two projecting processes at random moments, at times together with every connection to PostgreSQL. The other one must show what
 * was written before.
 */
export async function projectorKills(run: PipelineRun): Promise<PipelineFigures> {
  const { points, random } = run;
  const { servers, desk } = run.district;
  const work: Parameters<typeof everythingOf>[1] = async (load, figures) => {
    const relay = await servers.start('relay');
    const start = () => servers.start('queries', {}, 'short-sessions.hook.js');
    let [one, other] = await Promise.all([start(), start()]);
    while (figures.points < points) {
      await load.grows(2);
      await sleep(random() * 600);
      if (figures.points % 5 === 4) await breakConnections(servers.postgres.url);
      const { last } = load;
      await one.kill();
      const survivor = other;
      const next = start();
      const seen = await recovered(figures, () => desk.sees(survivor.url, `/v1/requests/${last.id}`, last));
      if (seen.status !== 200)
        figures.violations.push({ kind: 'lost', what: `${last.id} is not seen: ${JSON.stringify(seen)}` });
      [one, other] = [survivor, await next];
      struck(figures, run);
    }
    return [relay, one, other];
  };
  return everythingOf(run, work, { projected: true });
}

/** Restarts PostgreSQL as after a crash under relay and projectors. */
export async function postgresRestarts(run: PipelineRun): Promise<PipelineFigures> {
  const { points, random } = run;
  const { servers, desk } = run.district;
  const work: Parameters<typeof everythingOf>[1] = async (load, figures) => {
    const [relay, queries] = await Promise.all([servers.start('relay'), servers.start('queries')]);
    while (figures.points < points) {
      await load.grows(5);
      await sleep(random() * 500);
      const { last } = load;
      await servers.postgres.restart();
      const seen = await recovered(figures, () => desk.sees(queries.url, `/v1/requests/${last.id}`, last));
      if (seen.status !== 200)
        figures.violations.push({ kind: 'lost', what: `${last.id} is not seen: ${JSON.stringify(seen)}` });
      struck(figures, run);
    }
    return [relay, queries];
  };
  return everythingOf(run, work, { projected: true });
}
