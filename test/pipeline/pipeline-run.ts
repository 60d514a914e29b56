import { setTimeout as sleep } from 'node:timers/promises';
import type { StationProcess } from '../processes/station.process.js';
import type { Figures } from '../reliability/figures.js';
import { chance } from '../reliability/kill-point.js';
import type { Violation } from '../reliability/violation.js';
import { type District, station } from './district.js';
import type { Evidence } from './evidence.js';
import { type Acknowledged, Load } from './load.js';
import type { PlantedFault } from './variants/planted-fault.js';

export type PipelineRun = {
  district: District;
  /** How often the fault strikes. */
  points: number;
  writesPerSecond: number;
  /** From 0 to 1. */
  random: () => number;
  say: (line: string) => void;
  /** False: the read models are compared later, after more faults. */
  compared?: boolean;
  /** Planted into what is killed or cut off: the run has to notice. */
  planted?: PlantedFault;
};

/** At the pace of a spec, where nothing else is said. */
export const runOn = (district: District, points: number, more: Partial<PipelineRun> = {}): PipelineRun => ({
  district,
  points,
  writesPerSecond: 15,
  random: chance(district.seed),
  say: () => undefined,
  ...more,
});

export type PipelineFigures = Figures & { repeated: number; failures: string[] };

/**
 * Runs faults under load and looks at everything that was written meanwhile: in the store, on both topics, and in the read models. A
 * projector is at work beside the faults, where they do not start `ownProjectors`. What `faults` returns carries on until the end.
 */
export async function everythingOf(
  run: PipelineRun,
  faults: (load: Load, figures: Figures, evidence: Evidence) => Promise<StationProcess[]>,
  { ownProjectors = false } = {},
): Promise<PipelineFigures> {
  const began = performance.now();
  const { district, writesPerSecond, compared = true } = run;
  const { desk, evidence } = district;
  const projectors = ownProjectors ? [] : [await district.projector()];
  const load = new Load(desk, station, writesPerSecond);
  const figures: Figures = {
    points: 0,
    acknowledged: { appends: 0, events: 0 },
    violations: [],
    seconds: 0,
  };
  const going = await faults(load, figures, evidence).finally(() => load.end());
  figures.violations.push(...(await evidence.unwritten(load.acknowledged)), ...(await evidence.ofTopics()));
  for (const projector of projectors) figures.violations.push(...(await seenBy(projector, run, load.last)));
  if (compared) figures.violations.push(...(await evidence.ofReadModels(desk, load.last)));
  const repeated = await evidence.repeats();
  await Promise.all([...going, ...projectors].map((one) => one.stop()));
  const appends = 2 * load.acknowledged.length;
  figures.acknowledged = { appends, events: (await evidence.written()).length };
  figures.writesPerSecond = load.pace;
  figures.seconds = (performance.now() - began) / 1_000;
  return { ...figures, repeated, failures: load.failures };
}

// A projector that does not answer at all has something to say.
async function seenBy(
  { url, output }: StationProcess,
  { district: { desk, evidence } }: PipelineRun,
  last: Acknowledged,
): Promise<Violation[]> {
  return evidence.unseen(desk, url, last).catch((error: Error) => {
    throw new Error(`${error.message}; it said last:\n${output().slice(-4_000)}`);
  });
}

/** The fault has struck once more; says so at every tenth part of the run. */
export function struck(figures: Figures, { points, say }: PipelineRun): void {
  figures.points += 1;
  if (figures.points % Math.max(1, Math.round(points / 10)) === 0) say(`${figures.points} of ${points}`);
}

/** What shows in the output of a process that the fault has reached it. Throws where nothing does: such a fault proves nothing. */
export async function reached(
  { output }: StationProcess,
  patience: number,
  { since, shows }: { since: number; shows: RegExp },
): Promise<void> {
  for (const until = Date.now() + patience; !shows.test(output().slice(since)); await sleep(100))
    if (Date.now() > until)
      throw new Error(`the fault has not struck: no ${shows} in\n${output().slice(since).slice(-2_000)}`);
}

/** Notes how long the work took where it is the longest so far. */
export async function recovered<Found>(figures: Figures, work: () => Promise<Found>): Promise<Found> {
  const began = Date.now();
  const found = await work();
  figures.slowestStart = Math.max(figures.slowestStart ?? 0, Date.now() - began);
  return found;
}
