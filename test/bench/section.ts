/** One line of the table. `holds` is undefined where there is no goal. */
export type Figure = { what: string; value: string; goal?: string; holds?: boolean };

export type Bench = {
  /** Everything the servers write goes below it; removed at the end. */
  home: string;
  /** Shorter rounds and smaller stores: shows that it works, not how fast. */
  quick: boolean;
  million: boolean;
  /** Where server processes leave their CPU profiles. */
  profiles: string | undefined;
  /** Progress, for whoever waits. */
  say: (line: string) => void;
};

export type Section = {
  name: string;
  title: string;
  /** What is in the figures and what is not: printed under the table. */
  about: string;
  run: (bench: Bench) => Promise<Figure[]>;
};

/** A figure held against a goal. */
export function held(what: string, value: string, goal: string, holds: boolean): Figure {
  return { what, value, goal, holds };
}
