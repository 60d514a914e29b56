/** While the clock stood still: instants, ISO 8601 in UTC. */
export type Pause = { from: string; to: string };

/**
 * Pauses in the order of time; those that overlap or meet are one, so that no moment is counted twice. What is entered late may
 * lie before or across another, and one that does not end after it begins is none.
 */
export function united(pauses: readonly Pause[]): Pause[] {
  const inOrder = pauses
    .filter(({ from, to }) => from < to)
    .toSorted((one, other) => (one.from < other.from ? -1 : Number(one.from > other.from)));
  return inOrder.reduce<Pause[]>((before, { from, to }) => {
    const last = before.at(-1);
    if (!last || last.to < from) return [...before, { from, to }];
    return [...before.slice(0, -1), { from: last.from, to: to > last.to ? to : last.to }];
  }, []);
}
