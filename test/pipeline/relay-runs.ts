import { setTimeout as sleep } from 'node:timers/promises';
import { type KillPoint, killPoints } from './kill-points.js';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';

/** What a relay says when it is at work on both topics. */
export const carries =
  /yizhan\.log\.v1 is carried on[^]*yizhan\.events\.v1 is carried on|yizhan\.events\.v1 is carried on[^]*yizhan\.log\.v1 is carried on/;
export const reportsALoss = /has lost records that were there/;

/** Kills the relay at work at random moments, one that stands by takes over each time. */
export async function randomRelayKills(run: PipelineRun): Promise<PipelineFigures> {
  const { points, random } = run;
  const { servers } = run.district;
  return everythingOf(run, async (load, figures, evidence) => {
    let standby = await servers.start('relay');
    while (figures.points < points) {
      const relay = standby;
      const [next] = await Promise.all([servers.start('relay'), relay.writes(carries)]);
      standby = next;
      await sleep(random() * 600);
      await relay.kill();
      const due = [...load.acknowledged];
      figures.violations.push(...(await recovered(figures, () => evidence.uncarried(due))));
      struck(figures, run);
    }
    await load.end();
    return [standby];
  });
}

/** Kills the relay at each of the named points, under load. */
export async function namedRelayKills(run: PipelineRun): Promise<PipelineFigures> {
  const { servers } = run.district;
  const start = (KILL_POINT: KillPoint | '') => servers.start('relay', { KILL_POINT }, 'kill-point.hook.js');
  return everythingOf(run, async (load, figures, evidence) => {
    let next = await start(killPoints[0]);
    for (const [index] of killPoints.entries()) {
      const relay = next;
      [next] = await Promise.all([start(killPoints[index + 1] ?? ''), relay.writes(carries)]);
      await load.grows(2);
      relay.signal('SIGUSR2');
      if ((await relay.exited) !== 'SIGKILL') throw new Error(`it did not die:\n${relay.output()}`);
      const due = [...load.acknowledged];
      figures.violations.push(...(await recovered(figures, () => evidence.uncarried(due))));
      struck(figures, run);
    }
    await load.end();
    return [next];
  });
}

/** Lets two relays carry at once for a time, then starts one as usual: twice, since what it writes down the first time it reads the second. */
export async function twoRelays(run: PipelineRun & { seconds: number }): Promise<PipelineFigures> {
  const { seconds } = run;
  const { servers } = run.district;
  return everythingOf(run, async (load, figures, evidence) => {
    const both = [1, 2].map(() => servers.start('relay', {}, 'shared-lease.hook.js'));
    const relays = await Promise.all(both);
    await Promise.all(relays.map((relay) => relay.writes(carries)));
    await sleep(seconds * 1_000);
    await load.end();
    figures.violations.push(...(await recovered(figures, () => evidence.uncarried(load.acknowledged))));
    await Promise.all(relays.map((relay) => relay.stop()));
    const first = await servers.start('relay');
    await first.writes(carries);
    await sleep(3_000); // a checkpoint is written
    await first.stop();
    const second = await servers.start('relay');
    await second.writes(carries);
    figures.points = 1;
    if ([...relays, first, second].some(({ output }) => reportsALoss.test(output())))
      figures.violations.push({ kind: 'contradiction', what: 'a loss was reported that was none' });
    return [second];
  });
}
