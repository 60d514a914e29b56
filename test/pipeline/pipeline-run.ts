import type { StationProcess } from '../processes/station.process.js';
import type { Figures } from '../reliability/figures.js';
import { chance } from '../reliability/kill-point.js';
import { type District, station } from './district.js';
import type { Evidence } from './evidence.js';
import { Load } from './load.js';

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

/** How often the topic holds a record a second time is no breach, readers skip it; it is told beside the figures. */
export type PipelineFigures = Figures & { repeats: number; failures: string[] };

/**
 * Runs faults under load and looks at everything that was written meanwhile: in the store, on both topics, and in the read models where
 * `projected` says that there are any. What `faults` returns carries on until the end.
 */
export async function everythingOf(
  { district, writesPerSecond, compared = true }: PipelineRun,
  faults: (load: Load, figures: Figures, evidence: Evidence) => Promise<StationProcess[]>,
  { projected = false } = {},
): Promise<PipelineFigures> {
  const began = performance.now();
  const { desk, evidence } = district;
  const load = new Load(desk, station, writesPerSecond);
  const figures: Figures = {
    points: 0,
    acknowledged: { appends: 0, events: 0 },
    violations: [],
    seconds: 0,
    slowestStart: 0,
  };
  const going = await faults(load, figures, evidence).finally(() => load.end());
  figures.violations.push(...(await evidence.unwritten(load.acknowledged)), ...(await evidence.ofTopics()));
  if (projected && compared) figures.violations.push(...(await evidence.ofReadModels(desk, load.last)));
  const repeats = await evidence.repeats();
  await Promise.all(going.map((one) => one.stop()));
  const appends = 2 * load.acknowledged.length;
  figures.acknowledged = { appends, events: (await evidence.written()).length };
  figures.seconds = (performance.now() - began) / 1_000;
  return { ...figures, repeats, failures: load.failures };
}

/** The fault has struck once more; says so at every tenth part of the run. */
export function struck(figures: Figures, { points, say }: PipelineRun): void {
  figures.points += 1;
  if (figures.points % Math.max(1, Math.round(points / 10)) === 0) say(`${figures.points} of ${points}`);
}

/** Notes how long the work took where it is the longest so far. */
export async function recovered<Found>(figures: Figures, work: () => Promise<Found>): Promise<Found> {
  const began = Date.now();
  const found = await work();
  figures.slowestStart = Math.max(figures.slowestStart ?? 0, Date.now() - began);
  return found;
}
