import { setTimeout as sleep } from 'node:timers/promises';
import { yizhan } from '../import/yizhan.process.js';
import type { Violation } from '../reliability/violation.js';
import { type District, path } from './district.js';
import { poison } from './poison.js';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';
import type { PlantedFault } from './variants/planted-fault.js';

const patience = 15_000; // milliseconds

type Parked = { projection: string; stream: string; records: number };

/**
 * An event that cannot be applied, and one that can be behind it in its stream: both have to be parked, neither may be read, and all else
 * flows on. Says where that was not so. A relay is at work.
 */
export async function parks(district: District, fault?: PlantedFault): Promise<Violation[]> {
  const { desk, evidence, servers } = district;
  const projector = await district.projector(fault);
  const { stream, token } = await poison(servers.eventStoreUrl);
  evidence.poisoned.push(stream);
  await projector.writes(/projection request@\d+ has parked request-YFXJ-/);
  const { id, ...other } = await district.writes();
  const flows = await desk.sees(projector.url, path(id), other);
  const parked = async () => {
    const { output } = await yizhan(servers.home, ['parked', '--json', '--url', projector.url]);
    const all = JSON.parse(output) as Parked[];
    return all.find((one) => one.stream === stream && one.projection === 'request')?.records ?? 0;
  };
  for (const until = Date.now() + patience; (await parked()) < 2 && Date.now() < until;) await sleep(300);
  const records = await parked();
  const poisoned = path(stream.slice('request-'.length));
  const withToken = await desk.read(projector.url, poisoned, { token, wait: 1 });
  const without = await desk.read(projector.url, poisoned);
  await projector.stop();
  const wrong: [boolean, Violation][] = [
    [flows.status !== 200, { kind: 'lost', what: `${id} does not flow on: ${flows.status}` }],
    [records !== 2, { kind: 'lost', what: `${records} records of ${stream} are parked` }],
    [withToken.status !== 503, { kind: 'changed', what: `${stream}, with its token: ${withToken.status}` }],
    [without.status !== 404, { kind: 'changed', what: `${stream} is shown in parts: ${without.status}` }],
  ];
  return wrong.filter(([is]) => is).map(([, violation]) => violation);
}

/** The same again and again under load, each on the parking that the ones before it have left. */
export async function poisonings(run: PipelineRun): Promise<PipelineFigures> {
  const { district, points } = run;
  const work: Parameters<typeof everythingOf>[1] = async (load, figures) => {
    const relay = await district.relay();
    while (figures.points < points) {
      await load.grows(2);
      figures.violations.push(...(await recovered(figures, () => parks(district))));
      struck(figures, run);
    }
    return [relay, await district.projector()];
  };
  return everythingOf(run, work, { ownProjectors: true });
}
