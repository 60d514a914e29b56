import type { StationProcess } from '../processes/station.process.js';
import type { Violation } from '../reliability/violation.js';
import { type District, path } from './district.js';
import type { Acknowledged } from './load.js';
import { HeldTable } from './open-transactions.js';
import { type PipelineFigures, type PipelineRun, everythingOf, recovered, struck } from './pipeline-run.js';
import type { PlantedFault } from './variants/planted-fault.js';

// The table with a tally beside it: rows that are written twice are the same rows, what is added twice is not the same sum.
const table = 'statistics_2';

/** A projector commits a transaction after another one has its partition: what is wrong in the read models then. A relay is at work. */
export async function lateCommit(district: District, fault?: PlantedFault): Promise<Violation[]> {
  const { desk, evidence } = district;
  const late = await district.projector(fault);
  const early = await district.writes();
  await desk.sees(late.url, path(early.id), early);
  let writes: Acknowledged[] = [];
  const next = await overtaken(district, late, {
    fault,
    meanwhile: async () => {
      writes = await Promise.all(Array.from({ length: 12 }, () => district.writes()));
    },
  });
  for (const { id, token } of writes) await desk.sees(next.url, path(id), { token });
  const found = await evidence.ofReadModels(desk, writes.at(-1) as Acknowledged);
  await Promise.all([late.stop(), next.stop()]);
  return found;
}

/** The same again and again, under load. */
export async function lateCommits(run: PipelineRun): Promise<PipelineFigures> {
  const { district, points } = run;
  const work: Parameters<typeof everythingOf>[1] = async (load, figures) => {
    const relay = await district.servers.start('relay');
    let owner = await district.projector();
    while (figures.points < points) {
      await load.grows(5);
      const next = await overtaken(district, owner, { meanwhile: () => load.grows(5) });
      const { last } = load;
      await recovered(figures, () => district.desk.sees(next.url, path(last.id), last));
      await owner.stop();
      owner = next;
      struck(figures, run);
    }
    return [relay, owner];
  };
  return everythingOf(run, work, { ownProjectors: true });
}

type Overtaking = { fault?: PlantedFault | undefined; meanwhile: () => Promise<void> };

// Resolves with the other one. It has to wait for the late one, at the checkpoint's row.
async function overtaken(
  district: District,
  late: StationProcess,
  { fault, meanwhile }: Overtaking,
): Promise<StationProcess> {
  const held = await HeldTable.hold(district.servers.postgres.url, table);
  await meanwhile();
  await held.keepsWaiting(`insert into ${table}`);
  late.signal('SIGSTOP'); // its transaction stays open
  await held.release();
  const next = await district.projector(fault);
  await held.keepsWaiting(`for update$|insert into ${table}`);
  late.signal('SIGCONT');
  await held.end();
  return next;
}
