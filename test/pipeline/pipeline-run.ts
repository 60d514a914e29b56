import type { StationProcess } from '../processes/station.process.js';
import type { Figures } from '../reliability/figures.js';
import type { Desk } from './desk.js';
import { Evidence } from './evidence.js';
import { Load } from './load.js';
import type { Servers } from './pipeline.process.js';

export type PipelineRun = {
  servers: Servers;
  desk: Desk;
  /** How often the fault strikes. */
  points: number;
  writesPerSecond: number;
  /** From 0 to 1. */
  random: () => number;
  say: (line: string) => void;
  /** False: the read models are compared later, after more faults. */
  compared?: boolean;
};

/** How often the topic holds a record a second time is no breach, readers skip it; it is told beside the figures. */
export type PipelineFigures = Figures & { repeats: number; failures: string[] };

/**
 * Runs faults under load and looks at everything that was written meanwhile: in the store, on both topics, and in the read models where
 * `projected` says that there are any. What `faults` returns carries on until the end.
 */
export async function everythingOf(
  { servers, desk, writesPerSecond, compared = true }: PipelineRun,
  faults: (load: Load, figures: Figures, evidence: Evidence) => Promise<StationProcess[]>,
  { projected = false } = {},
): Promise<PipelineFigures> {
  const began = performance.now();
  const load = new Load(desk, 'YFXJ', writesPerSecond);
  const figures: Figures = {
    points: 0,
    acknowledged: { appends: 0, events: 0 },
    violations: [],
    seconds: 0,
    slowestStart: 0,
  };
  const evidence = new Evidence(servers);
  try {
    const going = await faults(load, figures, evidence).finally(() => load.end());
    figures.violations.push(...(await evidence.unwritten(load.acknowledged)), ...(await evidence.ofTopics()));
    if (projected && compared) figures.violations.push(...(await evidence.ofReadModels(desk, load.last)));
    const repeats = await evidence.repeats();
    await Promise.all(going.map((one) => one.stop()));
    const appends = 2 * load.acknowledged.length;
    figures.acknowledged = { appends, events: (await evidence.written()).length };
    figures.seconds = (performance.now() - began) / 1_000;
    return { ...figures, repeats, failures: load.failures };
  } finally {
    await evidence.close();
  }
}

/** Notes how long the work took where it is the longest so far. */
export async function recovered<Found>(figures: Figures, work: () => Promise<Found>): Promise<Found> {
  const began = Date.now();
  const found = await work();
  figures.slowestStart = Math.max(figures.slowestStart ?? 0, Date.now() - began);
  return found;
}
