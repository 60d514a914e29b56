import { ApiProperty } from '@nestjs/swagger';
import { type Run, nearestRank, sizeOf } from './runs.js';
import { counters, lists } from './statistics.cells.js';

const maybe = { nullable: true, type: Number } as const;

export class HoursView {
  @ApiProperty({ description: 'How many requests this is said of.', example: 41 }) readonly n!: number;
  @ApiProperty({ ...maybe, example: 1.4, description: 'Half of them took no longer; null of none.' })
  readonly median!: number | null;
  @ApiProperty({ ...maybe, example: 20.3, description: 'Nine of ten took no longer; null of none.' })
  readonly p90!: number | null;
}

/** What is said of a set of requests. `logged` = `resolved` + `open` + `withdrawn` + `excluded`. */
export class Figures {
  @ApiProperty({ description: 'Requests in the set.', example: 44 }) readonly logged!: number;
  @ApiProperty({ description: 'Whose resolution is in force, closed or not.', example: 38 })
  readonly resolved!: number;
  @ApiProperty({ description: 'Still somebody’s work.', example: 4 }) readonly open!: number;
  @ApiProperty({ example: 1 }) readonly withdrawn!: number;
  @ApiProperty({ description: 'From the rates, by an approver.', example: 1 }) readonly excluded!: number;
  @ApiProperty({ description: 'Escalated at least once.', example: 3 }) readonly escalated!: number;
  @ApiProperty({ description: 'Given back at least once.', example: 2 }) readonly returned!: number;
  @ApiProperty({ description: 'Reopened at least once.', example: 1 }) readonly reopened!: number;
  @ApiProperty({
    description: 'Merged into another one, with which it is counted: not in `logged`.',
    example: 2,
  })
  readonly merged!: number;
  @ApiProperty({
    description: 'Split from another one, with which it is counted: not in `logged`.',
    example: 0,
  })
  readonly parts!: number;
  @ApiProperty({ description: 'What the rate is of: `logged` − `excluded`.', example: 43 })
  readonly rated!: number;
  @ApiProperty({ ...maybe, description: 'Percent: `resolved` of `rated`; null of none.', example: 88.4 })
  readonly resolutionRate!: number | null;
  @ApiProperty({ type: HoursView, description: 'From logging to acceptance, claim, progress, contact …' })
  readonly hoursToFirstResponse!: HoursView;
  @ApiProperty({ type: HoursView, description: 'From logging to the resolution in force; pauses count.' })
  readonly hoursToResolution!: HoursView;
}

/** What cells hold together: counts, and hours as the runs of all of them. */
export type Measures = Record<(typeof counters)[number], number> & Record<(typeof lists)[number], Run[]>;

/** Pooled: the figures of the sum are those of all requests together, never a mean of rates. */
export function sumOf(parts: readonly Measures[]): Measures {
  const sum = Object.fromEntries(
    counters.map((counter) => [counter, parts.reduce((total, part) => total + part[counter], 0)]),
  );
  const joined = Object.fromEntries(lists.map((list) => [list, parts.flatMap((part) => part[list])]));
  return { ...sum, ...joined } as Measures;
}

/** One decimal, counted in tenths, half up: the same on every machine. */
export function figuresOf({ responses, resolutions, ...counts }: Measures): Figures {
  const { logged, resolved, excluded } = counts;
  const rated = logged - excluded;
  return {
    logged,
    resolved,
    open: counts.open,
    withdrawn: counts.withdrawn,
    excluded,
    escalated: counts.escalated,
    returned: counts.returned,
    reopened: counts.reopened,
    merged: counts.merged,
    parts: counts.parts,
    rated,
    resolutionRate: rated === 0 ? null : Math.floor((2_000 * resolved + rated) / (2 * rated)) / 10,
    hoursToFirstResponse: hoursOf(responses),
    hoursToResolution: hoursOf(resolutions),
  };
}

const hoursOfRun = new WeakMap<Run, HoursView>(); // most runs asked for are days of the past, and stay what they are

function hoursOf(runs: readonly Run[]): HoursView {
  const [only, another] = runs;
  if (!only || another) return counted(runs);
  const found = hoursOfRun.get(only) ?? counted(runs);
  hoursOfRun.set(only, found);
  return found;
}

function counted(runs: readonly Run[]): HoursView {
  const hours = (percent: number): number | null => {
    const tenths = nearestRank(runs, percent);
    return tenths === null ? null : tenths / 10;
  };
  return { n: sizeOf(runs), median: hours(50), p90: hours(90) };
}
